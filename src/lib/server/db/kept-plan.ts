import { createHash } from 'node:crypto';
import { sql } from 'kysely';

const MARK = '/* kept plan */';

/**
 * Ends a statement that is sent all day long: each connection plans it once and keeps the plan. Planning is most of the work of a
 * small statement here, for the walls around the rows are planned with it. Not for what selects all columns, nor for lists of
 * changing length: each text is kept for as long as its connection lives.
 */
export const KEPT_PLAN = sql.raw(MARK);

const names = new Map<string, string>();

/** The name under which a connection keeps the plan of a marked statement; undefined for every other. */
export function keptName(text: string): string | undefined {
	if (!text.endsWith(MARK)) return undefined;
	const name = names.get(text) ?? createHash('sha256').update(text).digest('base64url').slice(0, 22);
	names.set(text, name);
	return name;
}
