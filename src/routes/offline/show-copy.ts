import { askPasskey, isRefusal } from '#lib/browser/debt-copy/ask-passkey.ts';
import { readCopy, wipeCopy } from '#lib/browser/debt-copy/kept-copy.ts';
import { mayStay } from '#lib/browser/debt-copy/may-stay.ts';
import { type Shown, unsealCopy } from '#lib/browser/debt-copy/sealed.ts';

/** Shows the copy of what was owed for the passkey alone, and takes it off the screen as soon as the page is left. */
export function showCopy(place: HTMLElement): void {
	const find = (part: string) => place.querySelector<HTMLElement>(part);
	const [see, shown, lines, remove] = ['[data-see]', '[data-shown]', '[data-lines]', '[data-delete]'].map(find);
	if (!see || !shown || !lines || !remove) return;
	let isBusy = false;

	const say = (which?: 'refused' | 'failed' | 'deleted') => {
		for (const line of place.querySelectorAll<HTMLElement>('[data-said]')) line.hidden = line.dataset.said !== which;
	};
	const hide = () => {
		shown.hidden = true;
		see.hidden = readCopy() === undefined;
		remove.hidden = see.hidden;
		lines.replaceChildren();
	};
	const show = (copy: Shown) => {
		lines.lang = copy.lang;
		lines.replaceChildren(
			...copy.lines.map(({ kind, text }) =>
				Object.assign(document.createElement('p'), { className: kind, textContent: text }),
			),
		);
		see.hidden = true;
		shown.hidden = false;
		shown.focus();
	};
	const open = async () => {
		const copy = readCopy();
		// Signed out in another window.
		if (isBusy || !copy) return;
		isBusy = true;
		say();
		try {
			if (navigator.onLine && !(await mayStay(copy))) {
				wipeCopy();
				hide();
				return say('deleted');
			}
			const { secret } = await askPasskey([copy.credential], copy.salt);
			if (secret) show(await unsealCopy(copy, secret));
			else say('failed');
		} catch (fault) {
			say(isRefusal(fault) ? 'refused' : 'failed');
		} finally {
			isBusy = false;
		}
	};

	see.querySelector('button')?.addEventListener('click', () => void open());
	remove.querySelector('button')?.addEventListener('click', () => {
		wipeCopy();
		hide();
		say('deleted');
		find('[data-said=deleted]')?.focus();
	});
	addEventListener('pagehide', hide);
	document.addEventListener('visibilitychange', () => {
		if (document.visibilityState === 'hidden') hide();
	});
}
