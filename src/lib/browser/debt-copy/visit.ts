import { deviceNow } from '#lib/browser/device-clock.ts';
import { mayStay } from './may-stay.ts';
import { readCopy, saveCopy, wipeCopy } from './kept-copy.ts';
import { sealCopy, type Shown } from './sealed.ts';

/**
 * Wipes a copy that may not stay. On a page of somebody who is signed in, `mark` says who: wipes the copy of anybody else, and keeps
 * what they see of what they owe (`data-copied`).
 */
export async function visit(mark: string | undefined): Promise<void> {
	document.addEventListener('submit', wipeAtSignOut);
	const copy = readCopy();
	if (!copy) return;
	if (!(await mayStay(copy))) {
		wipeCopy();
		return;
	}
	if (mark === undefined) return;
	const passkeys = document.querySelector<HTMLElement>('[data-credentials]')?.dataset.credentials?.split(' ');
	if (copy.mark !== mark || passkeys?.includes(copy.credential) === false) {
		wipeCopy();
		return;
	}
	const lines = [...document.querySelectorAll('[data-copied] :is(h1, h2, p, .amount)')].map(toLine);
	if (lines.length === 0) return;
	const sealed = await sealCopy(
		{ ...copy, seenAt: servedAt() },
		{ lang: document.documentElement.lang, lines },
		deviceNow(),
	);
	// Signed out or turned off meanwhile, here or in another window.
	if (readCopy()?.publicKey === copy.publicKey) saveCopy(sealed);
}

/** At once, since without a network no answer comes that clears what the device holds; not where one is asked first. */
function wipeAtSignOut({ target, defaultPrevented }: SubmitEvent): void {
	if (!defaultPrevented && target instanceof Element && target.matches('[action^="/sign-out"]')) wipeCopy();
}

function toLine(part: Element): Shown['lines'][number] {
	const text = (part.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
	const isAmount = part.matches('.amount');
	return { kind: isAmount ? 'amount' : part.localName === 'p' ? 'text' : 'title', text };
}

/** When this page was made, by the server's clock. */
export function servedAt(): number {
	return Number(document.getElementById('session-ending')?.dataset.now);
}
