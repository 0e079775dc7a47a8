import * as v from 'valibot';

const page = v.object({ evidence: v.pipe(v.string(), v.uuid()) });
const move = v.object({ ...page.entries, way: v.picklist(['earlier', 'later']) });

/** The page that a form names; undefined for what no form of ours sends. */
export function readPageForm(form: FormData): { evidenceId: string } | undefined {
	const parsed = v.safeParse(page, Object.fromEntries(form));
	return parsed.success ? { evidenceId: parsed.output.evidence } : undefined;
}

/** The same with the way in which it is to move. */
export function readMoveForm(form: FormData): { evidenceId: string; way: 'earlier' | 'later' } | undefined {
	const parsed = v.safeParse(move, Object.fromEntries(form));
	return parsed.success ? { evidenceId: parsed.output.evidence, way: parsed.output.way } : undefined;
}
