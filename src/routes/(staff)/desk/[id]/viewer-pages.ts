import type { PagePlace } from '#lib/domain/review/budget-page.ts';

/** One page of the evidence in the order in which one looks through it: a photo, or a sheet of a PDF. */
export interface ViewerPage<T> extends PagePlace {
	readonly document: T;
}

interface Document {
	readonly id: string;
	readonly state: 'received' | 'ready' | 'refused';
	readonly pageCount: number;
}

/** Every page in one sequence, across documents; what cannot be looked at yet has one place too. */
export function viewerPages<T extends Document>(documents: readonly T[]): ViewerPage<T>[] {
	return documents.flatMap((document) => {
		const sheets = document.state === 'ready' ? Math.max(1, document.pageCount) : 1;
		return Array.from({ length: sheets }, (_, page) => ({ evidenceId: document.id, page, document }));
	});
}

/** Where in the sequence a place is: the page itself, else the first of its document, else the very first. */
export function indexOfPlace(pages: readonly PagePlace[], place: PagePlace | null): number {
	if (!place) return 0;
	const ofDocument = pages.findIndex(({ evidenceId }) => evidenceId === place.evidenceId);
	const exact = pages.findIndex(({ evidenceId, page }) => evidenceId === place.evidenceId && page === place.page);
	return Math.max(0, exact, exact === -1 ? ofDocument : 0);
}

/** The address of a page within its case; it works without a script too. */
export function placePath({ evidenceId, page }: PagePlace): string {
	return `?document=${evidenceId}${page > 0 ? `&page=${String(page)}` : ''}#evidence`;
}
