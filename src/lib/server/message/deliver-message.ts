import { contentProblems } from '#lib/domain/contact/content.ts';
import { nextAllowedAt, nextDayAllowedAt } from '#lib/domain/contact/hours.ts';
import { type ContactRules, withinDailyCap } from '#lib/domain/contact/rules.ts';
import { type Day, dayIn } from '#lib/domain/day.ts';
import { forgetLinkSeed } from '#lib/server/access/forget-seed.ts';
import { isNumberSilenced } from '#lib/server/access/silenced-people.ts';
import { lockAny } from '#lib/server/application/lock-open.ts';
import { findStandingHold } from '#lib/server/contact-hold/read-hold.ts';
import { now } from '#lib/server/clock.ts';
import type { Db, Trx } from '#lib/server/db/connect.ts';
import { composeMessage } from '#lib/server/message/compose-message.ts';
import { getContactRules } from '#lib/server/message/contact-rules.ts';
import {
	type WaitingMessage,
	countContacts,
	lockContacts,
	lockWaitingMessage,
	postponeMessage,
	recordFailure,
	recordHandOver,
	recordPushed,
} from '#lib/server/message/deliver.repository.ts';
import { type Gateway, chosenGateway } from '#lib/server/message/gateway.ts';
import { MAY_GO_BY_PUSH } from '#lib/server/message/template.ts';
import { type PlannedPush, planPushes } from '#lib/server/push/plan-pushes.ts';
import { sendPushes } from '#lib/server/push/send-pushes.ts';

/** What became of one run of a message's job. `failed` is tried again, `given_up` and `dropped` are not. */
export type Delivery =
	| { readonly outcome: 'handed_over' | 'gone_already' }
	| { readonly outcome: 'waits'; readonly until: Date }
	| { readonly outcome: 'failed' | 'given_up' | 'dropped'; readonly failure: string };

/** So often is a message tried, the first time included, before it counts as failed. */
const MOST_ATTEMPTS = 6;

/** A message that is told by push now; its SMS waits for what the devices say. */
interface Pushing {
	readonly outcome: 'pushing';
	readonly pushes: readonly PlannedPush[];
	readonly until: Date;
}

/**
 * Hands one message of the outbox over, if it may go now: within the recipient's hours and the day's cap, unless they have just
 * asked for it. News goes to their devices first, where they have any; the SMS goes at once where no push service takes it, and
 * after some minutes where no device says that it came. A job can run twice: the row is locked, what has gone does not go again,
 * and that a push is tried is written down before it is.
 */
export async function deliverMessage(db: Db, messageId: string, gateway: Gateway = chosenGateway()): Promise<Delivery> {
	const first = await handOver(db, messageId, gateway);
	if (first.outcome !== 'pushing') return first;
	const { pushes, until } = first;
	if (await sendPushes(db, pushes)) return { outcome: 'waits', until };
	await db.transaction().execute((trx) => postponeMessage(trx, messageId, now()));
	const second = await handOver(db, messageId, gateway);
	if (second.outcome === 'pushing') throw new Error('a message is tried by push once');
	return second;
}

async function handOver(db: Db, messageId: string, gateway: Gateway): Promise<Delivery | Pushing> {
	return db.transaction().execute(async (trx) => {
		const message = await lockWaitingMessage(trx, messageId);
		if (!message) return { outcome: 'gone_already' };
		const at = now();
		// The devices that were told have their time to say that it came.
		if (message.pushedOn !== null && at < message.notBefore) return { outcome: 'waits', until: message.notBefore };
		const rules = await getContactRules(trx);
		const day = dayIn(at, message.timeZone ?? rules.timeZone);
		if (!message.justAskedFor) {
			const until = await mustWait(trx, message, rules, { at, day });
			if (until) {
				await postponeMessage(trx, messageId, until);
				return { outcome: 'waits', until };
			}
		}
		// To somebody who said that they are not the one nothing goes, asked for or not.
		if (await isNumberSilenced(trx, message.phone)) return giveUp(trx, message, 'dropped', 'number_silenced');
		// A reminder that was on its way when a hold was set stays here.
		const { accountId } = message;
		if (message.template === 'reminder' && accountId !== null && (await findStandingHold(trx, accountId))) {
			return giveUp(trx, message, 'dropped', 'on_hold');
		}
		// Whether a page is still asked for must not change between the look and the hand-over.
		if (message.template === 'page_again' && message.applicationId) await lockAny(trx, message.applicationId);
		const composed = await composeMessage(trx, message, at);
		if (!composed.ok) return giveUp(trx, message, 'dropped', composed.refusal);
		const { name, cardLast4, phone, locale, template } = message;
		const problems = contentProblems(composed.text, { name, cardLastFour: cardLast4 ?? undefined });
		if (problems.length > 0) return giveUp(trx, message, 'failed', `content:${problems.join(',')}`);
		if (message.pushedOn === null && MAY_GO_BY_PUSH.has(template)) {
			const pushes = await planPushes(trx, { messageId, cardholderId: message.cardholderId, at });
			const until = pushes[0]?.until;
			if (until) {
				await recordPushed(trx, messageId, { day, until });
				return { outcome: 'pushing', pushes, until };
			}
		}
		const taken = await gateway.handOver(trx, { messageId, template, locale, phone, text: composed.text, at });
		if (taken.ok) {
			await recordHandOver(trx, message, { at, day, channel: 'sms' });
			if (message.accessLinkId !== null) await forgetLinkSeed(trx, message.accessLinkId, phone);
			return { outcome: 'handed_over' };
		}
		const final = taken.final || message.attempts + 1 >= MOST_ATTEMPTS;
		if (final) return giveUp(trx, message, 'failed', taken.failure);
		await recordFailure(trx, message, { status: 'queued', failure: taken.failure });
		return { outcome: 'failed', failure: taken.failure };
	});
}

/** Until when a message must wait that we start ourselves; undefined where it may go now. */
async function mustWait(
	trx: Trx,
	message: WaitingMessage,
	rules: ContactRules,
	{ at, day }: { at: Date; day: Day },
): Promise<Date | undefined> {
	const allowedAt = nextAllowedAt(at, message.timeZone, rules);
	if (allowedAt > at) return allowedAt;
	await lockContacts(trx, message.cardholderId);
	const contacts = await countContacts(trx, message, day);
	return withinDailyCap(contacts, rules) ? undefined : nextDayAllowedAt(at, message.timeZone, rules);
}

async function giveUp(
	trx: Trx,
	message: WaitingMessage,
	status: 'failed' | 'dropped',
	failure: string,
): Promise<Delivery> {
	await recordFailure(trx, message, { status, failure });
	if (message.accessLinkId !== null) await forgetLinkSeed(trx, message.accessLinkId, null);
	return { outcome: status === 'failed' ? 'given_up' : 'dropped', failure };
}
