import type { Skill } from '#lib/domain/review/queue-policy.ts';
import { type Actor, appendAudit } from '#lib/server/audit/append-audit.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { lockStaff, saveKnowledge } from '#lib/server/staff/staff.repository.ts';

/**
 * Changes in which languages somebody reads applications and what they are practised in: by it the queue gives them their next
 * case. What they have in hand stays theirs.
 */
export async function changeKnowledge(
	db: Db,
	change: { staffId: string; languages: readonly string[]; skills: readonly Skill[]; actor: Actor },
): Promise<{ ok: true } | { ok: false; refusal: 'not_found' | 'language_missing' }> {
	const { staffId, languages, skills, actor } = change;
	if (languages.length === 0) return { ok: false, refusal: 'language_missing' };
	return db.transaction().execute(async (trx) => {
		const staff = await lockStaff(trx, staffId);
		if (!staff || staff.disabledAt) return { ok: false, refusal: 'not_found' };
		await saveKnowledge(trx, { staffId, languages, skills });
		const detail = { languages: languages.join(), skills: skills.join() };
		const of = { subjectKind: 'staff', subjectId: staffId };
		await appendAudit(trx, { actor, action: 'staff.knowledge_changed', ...of, detail });
		return { ok: true };
	});
}
