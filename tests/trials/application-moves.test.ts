import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { canMove, NEXT, type Status, STATUSES } from '#lib/domain/application/status.ts';
import { moveApplication } from '#lib/server/application/move-application.ts';
import { type Random, seededRandom } from '#lib/server/demo/random.ts';
import { useDatabase } from '../support/database.ts';

const SEQUENCES = process.env['TRIALS'] === 'full' ? 10_000 : 1_000;
const SEED = 20_261_128;
const LANES = 8;
const LONGEST = 8;

const database = useDatabase();

/** Every move that the table ever made is noted by a trigger of the test's own. */
beforeAll(async () => {
	await sql`create table noted_move (from_status text not null, to_status text not null)`.execute(database.owner);
	await sql`create function note_move() returns trigger language plpgsql security definer as $$
		begin
			insert into noted_move values (case tg_op when 'INSERT' then 'nothing' else old.status end, new.status);
			return null;
		end $$`.execute(database.owner);
	await sql`create trigger noted after insert or update of status on application
		for each row execute function note_move()`.execute(database.owner);
	await sql`insert into cardholder (id, name, phone, id_last4, locale)
		select 'M-' || n, '王小明', '+86136' || lpad(n::text, 8, '0'), '123X', 'en' from generate_series(0, ${SEQUENCES}::integer) n`.execute(
		database.owner,
	);
	await sql`insert into account (id, cardholder_id, card_last4, currency, policy_code, opened_on)
		select 'M-' || n, 'M-' || n, '4821', 'CNY', 'cn-standard', '2020-01-01' from generate_series(0, ${SEQUENCES}::integer) n`.execute(
		database.owner,
	);
	const { rows } = await sql<{ id: string }>`
		with first as (insert into application (account_id, cardholder_id, locale) values ('M-0', 'M-0', 'en') returning id)
		insert into quote (application_id, account_id, product_code, product_version, as_of, posting_mark, terms, terms_hash, expires_at)
		select id, 'M-0', 'personal-instalments', 1, '2026-11-28', 0, '{}', sha256(''), now() from first returning id`.execute(
		database.owner,
	);
	quote = rows[0]?.id ?? '';
	await sql`truncate noted_move`.execute(database.owner);
});

/** Of no meaning here: what is approved has a quote. */
let quote = '';

const AT = new Date('2026-11-28T02:00:00Z');
const actor = { kind: 'system', id: null } as const;
const isRefused = (error: unknown) => error instanceof Error && /does not move|begins as a draft/.test(error.message);

/** By what every use case moves an application. */
async function byUseCase(applicationId: string, to: Status): Promise<boolean> {
	return (await database.db.transaction().execute((trx) => moveApplication(trx, { applicationId, to, at: AT, actor })))
		.ok;
}

/** Past every rule of the application: an update with the role that serves. */
async function bySql(applicationId: string, to: Status): Promise<boolean> {
	const decided_at = to === 'approved' || to === 'declined' ? AT : null;
	const update = database.db
		.updateTable('application')
		.set({ status: to, submitted_at: AT, decided_at })
		.where('id', '=', applicationId);
	return update.execute().then(
		() => true,
		(error: unknown) => {
			if (isRefused(error)) return false;
			throw error;
		},
	);
}

async function begin(account: string, status: Status): Promise<string | undefined> {
	const row = {
		account_id: account,
		cardholder_id: account,
		locale: 'en',
		reason: 'other',
		quote_id: quote,
		budget: '{}',
		status,
	};
	const decided_at = status === 'approved' || status === 'declined' ? AT : null;
	return database.db
		.insertInto('application')
		.values({ ...row, consented_at: AT, submitted_at: AT, decided_at })
		.returning('id')
		.executeTakeFirstOrThrow()
		.then(
			({ id }) => id,
			(error: unknown) => {
				if (isRefused(error)) return undefined;
				throw error;
			},
		);
}

async function walk(account: string, random: Random): Promise<number> {
	const asWhat = random.chance(20) ? random.pick(STATUSES) : 'draft';
	const first = await begin(account, asWhat);
	expect(first !== undefined, `begun as ${asWhat}`).toBe(asWhat === 'draft');
	const id = first ?? (await begin(account, 'draft')) ?? '';
	let status: Status = 'draft';
	let made = 0;
	const steps = random.whole(1, LONGEST);
	for (let step = 0; step < steps; step++) {
		// Half of them legal, so that walks go on to the end of the trip.
		const legal: readonly Status[] = NEXT[status];
		const [one, ...others] = legal;
		const to: Status = one && random.chance(50) ? random.pick([one, ...others]) : random.pick(STATUSES);
		if (to === status) continue;
		const isMade = await (random.chance(50) ? byUseCase(id, to) : bySql(id, to));
		expect(isMade, `${status} to ${to}`).toBe(canMove(status, to));
		if (isMade) [status, made] = [to, made + 1];
	}
	return made;
}

test(`${String(SEQUENCES)} random sequences of moves, by the use cases and past them: none illegal is made`, async () => {
	let next = 0;
	let made = 0;
	const lane = async (random: Random) => {
		while (next < SEQUENCES) {
			next += 1;
			const walked = await walk(`M-${String(next)}`, random);
			made += walked;
		}
	};
	await Promise.all(Array.from({ length: LANES }, (_, n) => lane(seededRandom(SEED + n))));
	const { rows } = await sql<{ from: Status | 'nothing'; to: Status; count: number }>`
		select from_status as "from", to_status as "to", count(*) as count from noted_move group by 1, 2`.execute(
		database.owner,
	);
	for (const { from, to } of rows) {
		expect(from === 'nothing' ? to === 'draft' : canMove(from, to), `${from} to ${to}`).toBe(true);
	}
	const count = (some: typeof rows) => some.reduce((sum, row) => sum + row.count, 0);
	expect(count(rows.filter(({ from }) => from === 'nothing'))).toBe(SEQUENCES);
	expect(count(rows.filter(({ from }) => from !== 'nothing'))).toBe(made);
	// Every legal move was made at least once, so that none is refused by mistake.
	const legal = STATUSES.flatMap((from) => NEXT[from].map((to) => `${from} ${to}`));
	expect(
		rows
			.filter(({ from }) => from !== 'nothing')
			.map(({ from, to }) => `${from} ${to}`)
			.sort(),
	).toEqual(legal.sort());
});
