import type { Paper, PaperBlock } from '#lib/domain/agreement/paper.ts';

/** A line of a paper that reads otherwise than before; empty where it was not there, or is there no more. */
export interface PaperChange {
	readonly before: string;
	readonly after: string;
}

/** What changed from one paper to a newer one of the same agreement, line by line in the order of the papers. */
export function paperChanges(before: Paper, after: Paper): PaperChange[] {
	const old = linesOf(before);
	const fresh = linesOf(after);
	const gone = old.filter((line) => !fresh.includes(line));
	const come = fresh.filter((line) => !old.includes(line));
	return Array.from({ length: Math.max(gone.length, come.length) }, (_, index) => ({
		before: gone[index] ?? '',
		after: come[index] ?? '',
	}));
}

function linesOf({ title, issuer, blocks }: Paper): string[] {
	return [title, issuer, ...blocks.flatMap(blockLines)];
}

function blockLines(block: PaperBlock): readonly string[] {
	switch (block.kind) {
		case 'heading':
		case 'text':
			return [block.text];
		case 'list':
			return block.items;
		case 'facts':
			return block.items.map(({ term, value }) => `${term} ${value}`);
		case 'table':
			return [block.head, ...block.rows].map((cells) => cells.join(' · '));
	}
}
