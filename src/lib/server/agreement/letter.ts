import type { Paper } from '#lib/domain/agreement/paper.ts';
import type { Day } from '#lib/domain/day.ts';
import { completionLetter, lapseNotice } from '#lib/messages/plan-letters.ts';
import type { Owner } from '#lib/server/agreement/agreement.repository.ts';
import { selectNamedInAgreement } from '#lib/server/agreement/document.repository.ts';
import { paperHash } from '#lib/server/agreement/draw-up-agreement.ts';
import { insertLetter, type LetterKind, selectLetter } from '#lib/server/agreement/letter.repository.ts';
import { findPlan } from '#lib/server/agreement/read-plan.ts';
import { sha256 } from '#lib/server/crypto/sha256.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { env } from '#lib/server/env.ts';
import { drawPaper } from '#lib/server/paper/draw-paper.ts';

/** A letter as a PDF. */
export interface Letter {
	readonly kind: LetterKind;
	readonly reference: string;
	readonly pdf: Buffer;
}

/**
 * The letter about the end of the owner's plan in a language: of its completion, or of its lapse. It is drawn when it is first
 * asked for, and kept: whoever asks again gets the same bytes. Undefined while the plan is kept.
 */
export async function findLetter(
	db: DbOrTrx,
	{ owner, locale, today }: { owner: Owner; locale: string; today: Day },
): Promise<Letter | undefined> {
	const written = await writeLetter(db, { owner, locale, today });
	if (!written) return undefined;
	const { agreementId, kind, paper } = written;
	const of = { agreementId, kind, contentHash: paperHash(paper) };
	const kept = await selectLetter(db, of);
	if (kept) return { kind, reference: paper.reference, pdf: kept };
	const drawn = await drawPaper(paper);
	await insertLetter(db, { ...of, paper, drawnOn: today, pdf: drawn, pdfSha256: sha256(drawn) });
	const pdf = await selectLetter(db, of);
	if (!pdf) throw new Error('a letter that was kept is not there');
	return { kind, reference: paper.reference, pdf };
}

async function writeLetter(
	db: DbOrTrx,
	{ owner, locale, today }: { owner: Owner; locale: string; today: Day },
): Promise<{ agreementId: string; kind: LetterKind; paper: Paper } | undefined> {
	const plan = await findPlan(db, { owner, today });
	if (!plan || plan.life.status === 'kept') return undefined;
	const named = await selectNamedInAgreement(db, { applicationId: plan.applicationId, owner });
	if (!named) throw new Error('a signed agreement without its application');
	const { agreementId, life, standing, cardLast4 } = plan;
	const { bankName, bankPhone } = env();
	const facts = {
		reference: plan.reference,
		bankName,
		bankPhone,
		cardholderName: named.cardholderName,
		cardLast4,
		currency: plan.currency,
		signedOn: plan.signedOn,
		principal: plan.principal,
		paid: standing.totalPaid,
		waived: plan.waived,
	};
	if (life.status === 'completed') {
		return { agreementId, kind: 'completion_letter', paper: completionLetter({ ...facts, ...life }, locale) };
	}
	const { instalment, balance } = life;
	const dueOn = standing.instalments.find(({ number }) => number === instalment)?.dueOn ?? balance.on;
	const lapsed = { ...facts, instalment, balance, dueOn, cureDays: plan.cureDays };
	return { agreementId, kind: 'lapse_notice', paper: lapseNotice(lapsed, locale) };
}
