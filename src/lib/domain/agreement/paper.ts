/**
 * A paper that the bank puts before a cardholder (agreement, letter), word for word and figure for figure. The page and the
 * PDF are both drawn from it, so that they cannot differ, and its hash stands for all of it.
 */
export interface Paper {
	readonly format: 'paper-1';
	readonly locale: string;
	readonly title: string;
	/** Who issues it and what it is called by: a line under the title. */
	readonly issuer: string;
	readonly reference: string;
	readonly blocks: readonly PaperBlock[];
}

/** A part of a paper. Cells and values are text as the reader sees it: amounts with their sign, days as a person says them. */
export type PaperBlock =
	| { readonly kind: 'heading'; readonly text: string }
	| { readonly kind: 'text'; readonly text: string }
	| { readonly kind: 'list'; readonly items: readonly string[] }
	| { readonly kind: 'facts'; readonly items: readonly { readonly term: string; readonly value: string }[] }
	| {
			readonly kind: 'table';
			readonly head: readonly string[];
			readonly rows: readonly (readonly string[])[];
			/** How many columns from the left hold words; the rest are figures, set to the right. */
			readonly wordColumns: number;
	  };
