/** A decoding process that a file has taken over: it answers what that file says. */
import { readFileSync } from 'node:fs';

process.once('message', ({ source }: { source: string }) => {
	const answer: unknown = JSON.parse(readFileSync(source, 'utf8'));
	process.send?.(answer, () => process.exit(0));
});
