/**
 * How long /sign-in takes for numbers that are known against those that are not, over HTTP against the production build: the
 * two in turn, which of them first by lot. `--accounts N` are so many people; 1,500 unless told.
 */
import { randomBytes } from 'node:crypto';
import { seededRandom } from '#lib/server/demo/random.ts';
import { startTestCluster } from '../support/cluster.ts';
import { benchFlags } from '../support/bench/flags.ts';
import { median } from '../support/bench/rounds.ts';
import { startPortal } from '../support/portal.ts';
import { Visitor } from '../support/visitor.ts';

const AIM_MS = 5;
const WARM_UP = 50;
const { accounts, rounds } = benchFlags({ accounts: 1_500, rounds: 3 });

const random = seededRandom(randomBytes(4).readUInt32LE());
const cluster = await startTestCluster();
const portal = await startPortal(cluster.template);
try {
	const wide = JSON.stringify({ asksPerAddress: { most: 1_000_000_000, minutes: 10 } });
	await portal.db.updateTable('setting').set({ value: wide }).where('key', '=', 'access').execute();
	await addPeople();
	const all: Took = { known: [], unknown: [] };
	for (let round = 0; round < rounds; round++) {
		const took = await runRound(round);
		all.known.push(...took.known);
		all.unknown.push(...took.unknown);
		console.log(`  round ${String(round + 1)}  ${compared(took)}`);
	}
	console.log(`  all together: ${compared(all)} (aim: within ${String(AIM_MS)} ms)`);
} finally {
	await portal.stop();
	await cluster.remove();
}

/** The milliseconds that each visitor of either kind waited. */
interface Took {
	readonly known: number[];
	readonly unknown: number[];
}

/** One visitor for each known number of the round, and one for each unknown. */
async function runRound(round: number): Promise<Took> {
	const share = Math.floor(accounts / rounds);
	const took: Took = { known: [], unknown: [] };
	for (let each = 0; each < share; each++) {
		const place = String(round * share + each).padStart(6, '0');
		const pair = [
			['known', `+8613800${place}`],
			['unknown', `+8613900${place}`],
		] as const;
		for (const [kind, phone] of random.chance(50) ? pair : [pair[1], pair[0]]) {
			const visitor = new Visitor(portal.origin);
			await visitor.get('/sign-in');
			const started = performance.now();
			await visitor.post('/sign-in', { phone, card_last4: '4821' });
			if (each >= WARM_UP) took[kind].push(performance.now() - started);
		}
	}
	return took;
}

function compared(took: Took): string {
	const [known, unknown] = [median(took.known), median(took.unknown)];
	const difference = `${known < unknown ? '−' : '+'}${Math.abs(known - unknown).toFixed(2)}`;
	return `known ${known.toFixed(2)} ms, unknown ${unknown.toFixed(2)} ms, difference ${difference} ms`;
}

async function addPeople(): Promise<void> {
	const places = Array.from({ length: accounts }, (_, place) => String(place).padStart(6, '0'));
	for (let from = 0; from < accounts; from += 1_000) {
		const some = places.slice(from, from + 1_000);
		await portal.db
			.insertInto('cardholder')
			.values(some.map((id) => ({ id, name: '王小明', phone: `+8613800${id}`, id_last4: '123X', locale: 'zh-CN' })))
			.execute();
		const account = {
			card_last4: '4821',
			currency: 'CNY',
			policy_code: 'cn-standard',
			opened_on: '2020-01-01',
		} as const;
		await portal.db
			.insertInto('account')
			.values(some.map((id) => ({ id, cardholder_id: id, ...account })))
			.execute();
	}
}
