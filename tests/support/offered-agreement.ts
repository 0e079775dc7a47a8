import type { SigningForm } from '#lib/server/agreement/lock-signable.ts';
import { type OfferedAgreement, readAgreement } from '#lib/server/agreement/read-agreement.ts';
import { sendSigningCode } from '#lib/server/agreement/send-signing-code.ts';
import { signAgreement } from '#lib/server/agreement/sign-agreement.ts';
import type { Owner } from '#lib/server/application/draft.ts';
import { now, today } from '#lib/server/clock.ts';
import { findConfirmationCode } from '#lib/server/confirmation/current-code.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { decideApplication } from '#lib/server/review/decide-application.ts';
import { inHand } from './case-in-hand.ts';

export const ALL_CONSENTS = ['terms', 'no_new_card', 'data_use'] as const;

/** Somebody whose application an agent has just approved, by the deeds of both. */
export async function makeOffered(db: Db): Promise<Owner & { applicationId: string }> {
	const { order, cardholderId, accountId, applicationId } = await inHand(db);
	const decided = await decideApplication(db, order);
	if (!decided.ok) throw new Error(decided.refusal);
	return { cardholderId, accountId, applicationId };
}

/** The page of an offered agreement, and the form on it with every box ticked. */
export async function readOffered(
	db: Db,
	{ cardholderId, accountId }: Owner,
	{ locale = 'zh-CN', day = today() } = {},
): Promise<OfferedAgreement & { form: SigningForm }> {
	const owner = { cardholderId, accountId };
	const read = await readAgreement(db, { owner, locale, today: day, at: now() });
	if (read.view !== 'offered') throw new Error(read.view);
	const documentHash = read.document.contentHash.toString('hex');
	return { ...read, form: { agreementId: read.agreement.id, documentHash, consents: [...ALL_CONSENTS] } };
}

/** Who signs now. */
export function signerOf({ cardholderId, accountId }: Owner, day = today()) {
	return { owner: { cardholderId, accountId }, today: day, at: now() };
}

/** Asks for a code for what a form shows and reads it from the SMS. */
export async function codeFor(db: Db, owner: Owner, form: SigningForm, day = today()): Promise<string> {
	const sent = await sendSigningCode(db, { signer: signerOf(owner, day), form });
	if (!sent.ok) throw new Error(sent.refusal);
	const { id } = await db
		.selectFrom('confirmation')
		.select('id')
		.where('subject_id', '=', form.agreementId)
		.where('subject_hash', '=', Buffer.from(form.documentHash, 'hex'))
		.orderBy('created_at', 'desc')
		.limit(1)
		.executeTakeFirstOrThrow();
	const current = await findConfirmationCode(db, id, now());
	if (!current) throw new Error('the code is over');
	return current.code;
}

/** Somebody's signed agreement, by every step of the way. */
export async function makeSignedAgreement(db: Db, locale = 'zh-CN') {
	const owner = await makeOffered(db);
	const offered = await readOffered(db, owner, { locale });
	const code = await codeFor(db, owner, offered.form);
	const order = { signer: signerOf(owner), form: offered.form, code, ip: '203.0.113.9' };
	const signed = await signAgreement(db, order);
	if (!signed.ok) throw new Error(signed.refusal);
	return { ...owner, ...offered, order, agreementId: offered.agreement.id };
}
