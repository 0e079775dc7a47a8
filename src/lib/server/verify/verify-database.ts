import { ledger, type Ledger } from '#lib/domain/account/ledger.ts';
import { addDays, type Day } from '#lib/domain/day.ts';
import { canonicalText, type Json } from '#lib/domain/plan/canonical-text.ts';
import { listAccountStates } from '#lib/server/account/list-account-states.ts';
import { type AuditAnchor, type AuditFault, verifyAudit } from '#lib/server/audit/verify-audit.ts';
import { sha256 } from '#lib/server/crypto/sha256.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { listOverdue } from '#lib/server/evidence/erase-expired.ts';
import { listOverdueWords } from '#lib/server/free-words/erase-free-words.ts';
import { getContactRules } from '#lib/server/message/contact-rules.ts';
import { verifyAgreements } from '#lib/server/verify/verify-agreements.ts';
import { verifySettings } from '#lib/server/verify/verify-settings.ts';
import {
	type Breach,
	listBreaches,
	listContactsOverCap,
	listQuotesAfter,
} from '#lib/server/verify/verify.repository.ts';

const PAGE = 500;

/** What is over is erased the next night; one night more may be missed. */
const NIGHTS_OF_GRACE = 2;

/**
 * Looks for every promise that the live database does not keep, and yields each breach as it is found. Changes nothing. The
 * sums are those of the given day; an account that is being checked shows no figure, and so breaks no promise.
 */
export async function* verifyDatabase(db: Db, asOf: Day, anchor?: AuditAnchor): AsyncGenerator<Breach> {
	yield* await listBreaches(db);
	yield* verifySettings(db);
	const { dailyCap } = await getContactRules(db);
	for (const record of await listContactsOverCap(db, dailyCap)) {
		yield { promise: 'nobody gets more messages of ours in a day than the rules allow', record };
	}
	yield* verifyQuotes(db);
	yield* verifyAgreements(db);
	const nights = addDays(asOf, -NIGHTS_OF_GRACE);
	for await (const { id, lastDay } of listOverdue(db, nights)) {
		yield { promise: 'no page is kept past its last day', record: `evidence ${id}, kept to ${lastDay}` };
	}
	for await (const { kind, reference, lastDay } of listOverdueWords(db, nights)) {
		yield {
			promise: 'no free words are kept past their last day',
			record: `${kind} of ${reference}, kept to ${lastDay}`,
		};
	}
	for await (const { fault, record } of verifyAudit(db, anchor)) yield { promise: AUDIT_PROMISES[fault], record };
	yield* verifySums(db, asOf);
}

const AUDIT_PROMISES: Readonly<Record<AuditFault['fault'], string>> = {
	row_changed: 'what stands in the audit log stays as it was written',
	row_gone: 'nothing is taken out of the audit log',
	row_unsealed: 'nothing is put into the audit log but by a deed',
	row_sealed_twice: 'each row of the audit log is sealed once',
	link_broken: 'each link of the audit chain rests on the one before it',
	chain_cut: 'the audit chain goes on to its end',
	anchor_lost: 'the audit chain holds the end that was written down elsewhere',
};

async function* verifyQuotes(db: Db): AsyncGenerator<Breach> {
	let after = 0;
	for (;;) {
		const quotes = await listQuotesAfter(db, after, PAGE);
		for (const { number, terms, termsHash } of quotes) {
			if (sha256(canonicalText(terms as Json)).equals(termsHash)) continue;
			yield { promise: "a quote's hash is that of its terms and schedule", record: `quote ${String(number)}` };
		}
		const last = quotes.at(-1);
		if (!last || quotes.length < PAGE) return;
		after = last.number;
	}
}

async function* verifySums(db: Db, asOf: Day): AsyncGenerator<Breach> {
	for await (const state of listAccountStates(db)) {
		if (state.beingChecked) continue;
		for (const figure of wrongSums(ledger(state.history, state.timeline, asOf))) {
			yield { promise: 'parts sum to their figure', record: `${figure} of account ${state.accountId}` };
		}
	}
}

/** The figures that are not the sum of their parts or lines. */
function wrongSums({ figures, ...lines }: Ledger): string[] {
	const { principal, billedInterest, unbilledInterest, billedFees, unbilledLateFees, credit } = figures;
	const sums = {
		totalOutstanding: principal + billedInterest + unbilledInterest + billedFees + unbilledLateFees - credit,
		principal: sum(lines.principal, 'left'),
		billedInterest: sum(lines.billedInterest, 'left'),
		unbilledInterest: sum(lines.unbilledInterest, 'amount'),
		billedFees: sum(lines.billedFees, 'left'),
		unbilledLateFees: sum(lines.unbilledLateFees, 'amount'),
		credit: sum(lines.credits, 'left'),
		dailyInterest: sum(lines.dailyInterest, 'amount'),
	};
	return Object.entries(sums)
		.filter(([figure, total]) => figures[figure as keyof typeof sums] !== total)
		.map(([figure]) => figure);
}

function sum<K extends string>(lines: readonly Readonly<Record<K, number>>[], key: K): number {
	return lines.reduce((total, line) => total + line[key], 0);
}
