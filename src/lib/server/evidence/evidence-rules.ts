import * as v from 'valibot';
import { EVIDENCE_KINDS, type EvidenceNeed, type EvidenceNeeds, NEEDS } from '#lib/domain/application/evidence.ts';
import { REASONS } from '#lib/domain/application/reason.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { findEvidenceSetting } from '#lib/server/evidence/checklist.repository.ts';

const need = v.object({
	need: v.picklist(NEEDS),
	oneOf: v.pipe(v.array(v.picklist(EVIDENCE_KINDS)), v.minLength(1)),
	optional: v.boolean(),
});

/** Each need once, and no kind under two of them: a paper is sent in one place. */
const needs = v.pipe(
	v.array(need),
	v.check((list) => isEachOnce(list.map((one) => one.need)), 'a need stands twice'),
	v.check((list) => isEachOnce(list.flatMap(({ oneOf }) => oneOf)), 'a kind stands twice'),
);

const reasons = Object.fromEntries(REASONS.map((reason) => [reason, needs])) as Record<
	(typeof REASONS)[number],
	typeof needs
>;
const schema = v.object({ needs: v.object(reasons) });

/** What each reason asks for; the setting `evidence`. Throws where it is missing, leaves a reason out or makes no sense. */
export async function readEvidenceNeeds(db: DbOrTrx): Promise<EvidenceNeeds> {
	return v.parse(schema, await findEvidenceSetting(db)).needs;
}

function isEachOnce(list: readonly (EvidenceNeed['need'] | EvidenceNeed['oneOf'][number])[]): boolean {
	return new Set(list).size === list.length;
}
