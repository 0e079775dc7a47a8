import { insertAudits } from '#lib/server/audit/audit.repository.ts';
import type { Trx } from '#lib/server/db/connect.ts';

/** Who did it. A visitor has not signed in; a command is run by an operator; the system acts by itself. */
export interface Actor {
	readonly kind: 'cardholder' | 'staff' | 'system' | 'command' | 'visitor';
	readonly id: string | null;
}

/** One deed: `action` is `subject.verb_in_the_past` such as `access_link.created`; `detail` holds codes and ids, never a name, number or amount. */
export interface AuditEntry {
	readonly actor: Actor;
	readonly action: string;
	readonly subjectKind: string;
	readonly subjectId: string;
	readonly cardholderId?: string | null;
	readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
}

/** Writes what was done into the audit log, in the transaction of the deed: both stand or neither. */
export async function appendAudit(trx: Trx, entry: AuditEntry): Promise<void> {
	await insertAudits(trx, [entry]);
}

/** The same for deeds that are done together, in their order. */
export async function appendAudits(trx: Trx, entries: readonly AuditEntry[]): Promise<void> {
	if (entries.length > 0) await insertAudits(trx, entries);
}
