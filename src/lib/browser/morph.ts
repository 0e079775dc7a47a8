/** How the server last wanted a `<details>`; what the reader did to it since is the reader's. */
const wanted = new WeakMap<Element, boolean>();

/**
 * As the script comes: what is closed is so by the server's word. What stands open the reader may have opened before, so the first
 * answer of the server closes none of it.
 */
export function noteDetails(): void {
	for (const details of document.querySelectorAll('details')) if (!details.open) wanted.set(details, false);
}

/**
 * Makes `from` what `to` is, in place: what is alike stays, with its focus, its scrolling, and what the reader typed or opened.
 * Elements with an `id` are known by it, wherever they went. What stands in an element with `data-own` is a script's, and left.
 */
export function morph(from: Element, to: Element): void {
	const focused = document.activeElement;
	morphElement(from, to);
	// Whoever was moved has lost it.
	if (focused instanceof HTMLElement && focused.isConnected && focused !== document.activeElement) {
		focused.focus({ preventScroll: true });
	}
}

function morphElement(from: Element, to: Element): void {
	if (from.isEqualNode(to)) return;
	morphAttributes(from, to);
	if (!from.hasAttribute('data-own')) morphChildren(from, to);
}

function morphAttributes(from: Element, to: Element): void {
	const isDetails = from instanceof HTMLDetailsElement;
	if (isDetails) morphDetails(from, to.hasAttribute('open'));
	const isRetyped = from.getAttribute('value') !== to.getAttribute('value');
	for (const { name } of [...from.attributes]) {
		if (!to.hasAttribute(name) && !(isDetails && name === 'open')) from.removeAttribute(name);
	}
	for (const { name, value } of to.attributes) {
		if (from.getAttribute(name) !== value && !(isDetails && name === 'open')) from.setAttribute(name, value);
	}
	// The field in hand says what it says.
	if (from instanceof HTMLInputElement && from.type !== 'file' && isRetyped && from !== document.activeElement) {
		from.value = to.getAttribute('value') ?? '';
	}
}

function morphDetails(from: HTMLDetailsElement, isOpen: boolean): void {
	if (isOpen !== (wanted.get(from) ?? isOpen)) from.open = isOpen;
	wanted.set(from, isOpen);
}

function morphChildren(from: Element, to: Element): void {
	let place: ChildNode | null = from.firstChild;
	const coming = [...to.childNodes];
	for (let next = coming.shift(); next; next = coming.shift()) {
		// What has no place in what is still to come goes at once, so that what follows it is met in its turn.
		while (place && !isAlike(place, next) && !hasAlike(coming, place)) place = takeOut(place);
		const match = matchOf(from, place, next);
		if (!match) {
			const added = document.importNode(next, true);
			from.insertBefore(added, place);
			if (added instanceof Element) for (const each of added.querySelectorAll('details')) wanted.set(each, each.open);
			continue;
		}
		if (match === place) place = place.nextSibling;
		else from.insertBefore(match, place);
		if (match instanceof Element) morphElement(match, next as Element);
		else if (match.nodeValue !== next.nodeValue) match.nodeValue = next.nodeValue;
	}
	while (place) place = takeOut(place);
}

function takeOut(gone: ChildNode): ChildNode | null {
	const { nextSibling } = gone;
	gone.remove();
	return nextSibling;
}

function matchOf(from: Element, place: ChildNode | null, next: Node): ChildNode | undefined {
	if (place && isAlike(place, next)) return place;
	return keyOf(next) ? [...from.children].find((child) => isAlike(child, next)) : undefined;
}

function hasAlike(nodes: readonly Node[], one: Node): boolean {
	return nodes.some((node) => isAlike(node, one));
}

function isAlike(one: Node, other: Node): boolean {
	return one.nodeName === other.nodeName && keyOf(one) === keyOf(other);
}

function keyOf(node: Node): string {
	return node instanceof Element ? node.id : '';
}
