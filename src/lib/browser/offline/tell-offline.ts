/** What is said of what was written without a network; the words stand in /offline. */
export type OfflineWord = 'sent' | 'sign-in' | 'photos' | 'newer' | 'closed' | 'message';

/** Says something at the head of the page, in its language. Undefined where the words cannot be had. */
export async function tellOffline(which: OfflineWord): Promise<HTMLElement | undefined> {
	const template = (await wordsAt()).querySelector<HTMLTemplateElement>(`template[data-tell="${which}"]`);
	if (!template) return undefined;
	const { lang } = document.documentElement;
	const box = document.querySelector<HTMLElement>(`[data-offline-told="${which}"]`) ?? document.createElement('div');
	box.dataset.offlineTold = which;
	box.setAttribute('role', 'status');
	box.textContent = '';
	box.append(document.importNode(template.content, true));
	for (const other of box.querySelectorAll(`[lang]:not([lang="${lang}"])`)) other.remove();
	if (!box.isConnected) document.querySelector('main')?.prepend(box);
	return box;
}

/** Says that a message waits at `path`, in sight wherever one is on the page, until it is read or put off. */
export async function tellMessage(path: string): Promise<void> {
	const box = await tellOffline('message');
	if (!box) return;
	box.querySelector('a')?.setAttribute('href', path);
	box.querySelector('button')?.addEventListener('click', () => box.remove());
	// Not every page brings the styles of a notice along, and something is under it.
	Object.assign(box.style, { position: 'sticky', top: '0', zIndex: '1', background: 'var(--ground)' });
}

/** The page that holds the words: this one, or what is read of the other. Its styles are its own, so the templates alone. */
async function wordsAt(): Promise<Document> {
	if (document.querySelector('template[data-tell]')) return document;
	const answer = await fetch('/offline').catch(() => undefined);
	const text = answer?.ok ? await answer.text() : '';
	const templates = text.match(/<template data-tell[^]*?<\/template>/g) ?? [];
	return new DOMParser().parseFromString(templates.join(''), 'text/html');
}
