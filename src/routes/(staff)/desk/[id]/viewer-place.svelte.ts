import { replaceState } from '$app/navigation';
import type { PagePlace } from '#lib/domain/review/budget-page.ts';
import { placePath } from './viewer-pages.ts';

/** The page of the evidence that was picked last, wherever on the screen; null before any was. */
export class ViewerPlace {
	picked: PagePlace | null = $state(null);

	/** Opens a page in place, and notes it in the address; what was filled in elsewhere on the screen stays. */
	open(place: PagePlace): void {
		this.picked = place;
		replaceState(placePath(place), {});
	}

	/** Follows a link to a page in place, unless it was asked for in a tab of its own. */
	follow(event: MouseEvent, place: PagePlace): void {
		if (event.ctrlKey || event.metaKey || event.shiftKey) return;
		event.preventDefault();
		this.open(place);
	}
}
