import { now } from '#lib/server/clock.ts';
import { sha256Hex } from '#lib/server/crypto/sha256.ts';
import type { Db } from '#lib/server/db/connect.ts';
import type { DecisionOrder } from '#lib/server/review/decide-application.ts';
import { confirmSession } from '#lib/server/session/confirm-session.ts';
import { createStaffSession } from '#lib/server/session/start-session.ts';
import { Visitor } from './visitor.ts';

/** A browser of somebody of the staff who is signed in and has just proved to be there. */
export async function deskOf(
	portal: { db: Db; origin: string },
	staffId: string,
	locale: 'zh-CN' | 'en' = 'zh-CN',
): Promise<Visitor> {
	const visitor = new Visitor(portal.origin);
	visitor.carry('language', locale);
	await signInAgain(portal, visitor, staffId);
	return visitor;
}

/** The same browser, signed in anew. */
export async function signInAgain({ db }: { db: Db }, visitor: Visitor, staffId: string): Promise<void> {
	const { token } = await createStaffSession(db, { staffId });
	await db.transaction().execute((trx) => confirmSession(trx, { sessionId: sha256Hex(token), staffId, at: now() }));
	visitor.carry('staff-session', token);
}

/** The second step of a decision as its page sends it. */
export function decisionForm(order: DecisionOrder, changes: Readonly<Record<string, string>> = {}): [string, string][] {
	const { fence, seen, outcome, reason, words, note, checked, checksSeen, letterSeen, offer } = order;
	const fields = {
		fence: String(fence),
		version: String(seen.version),
		postingMark: String(seen.postingMark),
		evidence: seen.evidence.join(','),
		outcome,
		reason: reason ?? '',
		words,
		note,
		checks_seen: checksSeen,
		letter_seen: letterSeen ?? 'none',
		wordsFor: `${outcome}:${outcome === 'declined' ? (reason ?? '') : ''}`,
		...(offer && {
			offer_product: `${offer.productCode}/${String(offer.productVersion)}`,
			offer_instalments: String(offer.choice.instalments),
			offer_deferral: String(offer.choice.deferralMonths),
			offer_first_due: '',
			offer_hash: offer.termsHash,
		}),
		...changes,
	};
	return [...Object.entries(fields), ...checked.map((check): [string, string] => ['checked', check])];
}

/** The second step of asking for more, with one question. */
export function askForm(
	order: DecisionOrder,
	{ due, question, ...changes }: { due: string; question: string } & Readonly<Record<string, string>>,
): [string, string][] {
	const asked = {
		ask_what_1: 'answer',
		ask_reason_1: 'to_understand',
		ask_words_1: question,
		ask_due: due,
		ask_text: '',
	};
	return decisionForm(order, { ...asked, words: '', ...changes, outcome: 'more_requested' });
}

/** The markup of a page with what its fields hold, without scripts, which carry all data once more. */
export function markupOf(body: string): string {
	return body.replaceAll(/<(script|style)\b[\s\S]*?<\/\1>/g, '').replaceAll(/<!--[\s\S]*?-->/g, '');
}

/** The text of a page as its reader has it. */
export function textOf(body: string): string {
	const text = markupOf(body).replaceAll(/<[^>]+>/g, ' ');
	const names: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#10': '\n' };
	return text.replaceAll(/&(amp|lt|gt|quot|#39|#10);/g, (_, name: string) => names[name] ?? '');
}
