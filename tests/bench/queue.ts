/**
 * Taking from the queue over HTTP on the production build, session, rules and audit log included, by 32 agents at once until
 * nothing is left, against a bare server with the one SKIP LOCKED statement on the same tables. `--accounts N` are so many
 * applications; 20,000 unless told.
 *
 * Who has one in hand is given that one again, so each agent's case is closed before their next taking, by the one statement on the
 * review with which a decision ends it, sent by the bench itself; on the bare side too, so that both leave as many dead rows behind.
 * The time of it counts on both sides. Nothing is waited for but the answers, and no vacuum is run by hand while it goes on.
 */
import pg from 'pg';
import { connect, type Db } from '#lib/server/db/connect.ts';
import { createStaffSession } from '#lib/server/session/start-session.ts';
import { asServing, createTestDatabase, startTestCluster } from '../support/cluster.ts';
import { fillQueue } from '../support/bench/fill-queue.ts';
import { benchFlags } from '../support/bench/flags.ts';
import { send } from '../support/bench/uploader.ts';
import { startPortal } from '../support/portal.ts';
import { startProcess } from '../support/process.ts';
import { makeStaff } from '../support/staff.ts';

const AGENTS = 32;
const AIM = 35;
const AIM_LAST = 85;
const { accounts: count } = benchFlags({ accounts: 20_000, rounds: 1 });

process.env['SECRET_KEY'] ??= 'a secret of the benches, long enough';
const cluster = await startTestCluster();
try {
	const bare = await runBare();
	const ours = await runOurs();
	const share = (part: number, whole: number) => `${((part / whole) * 100).toFixed(0)} %`;
	console.log(`  bare: ${rateText(bare)}`);
	console.log(`  portal: ${rateText(ours)}`);
	console.log(`  ${share(ours.rate, bare.rate)} of the bare rate (aim ${String(AIM)} %)`);
	console.log(`  the last tenth at ${share(ours.last, ours.first)} of the first (aim ${String(AIM_LAST)} %)`);
	console.log(`  (bare: the last tenth at ${share(bare.last, bare.first)} of the first)`);
} finally {
	await cluster.remove();
}

/** Takings a second: in all, in the first tenth and in the last. */
interface Rates {
	readonly rate: number;
	readonly first: number;
	readonly last: number;
}

function rateText({ rate, first, last }: Rates): string {
	const [all, begin, end] = [rate, first, last].map((each) => each.toFixed(0));
	return `${all ?? ''} a second; in the first tenth ${begin ?? ''}, in the last ${end ?? ''}`;
}

async function runBare(): Promise<Rates> {
	const address = await createTestDatabase(cluster.template);
	await fill(address);
	const server = startProcess(process.execPath, ['tests/support/bench/bare-queue.ts', address]);
	try {
		const origin = `http://127.0.0.1:${/ (\d+)$/.exec(await server.line(/listens on/))?.[1] ?? ''}`;
		return await takeAll(address, async () => (await send('POST', origin, {}, Buffer.alloc(0))).answer);
	} finally {
		await server.stop();
	}
}

async function runOurs(): Promise<Rates> {
	const portal = await startPortal(cluster.template);
	try {
		await fill(portal.ownerConnectionString);
		const cookies = await signIn(portal.db);
		const headers = { origin: portal.origin, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' };
		return await takeAll(portal.ownerConnectionString, async (agent) => {
			const asked = { ...headers, cookie: cookies[agent] ?? '' };
			const { status, location } = await send('POST', `${portal.origin}/desk?/take`, asked, Buffer.alloc(0));
			if (status !== 303) throw new Error(`a taking was answered with ${String(status)}`);
			return /^\/desk\/([0-9a-f-]{36})$/.exec(location)?.[1] ?? '';
		});
	} finally {
		await portal.stop();
	}
}

async function fill(address: string): Promise<void> {
	const owner = connect({ connectionString: address, identity: 'system' });
	await fillQueue(owner, count);
	await owner.destroy();
}

/** The cookies of so many agents' sessions. */
async function signIn(db: Db): Promise<string[]> {
	const cookies: string[] = [];
	for (let n = 0; n < AGENTS; n++) {
		const staffId = await makeStaff(db, `bench-${String(n)}`);
		cookies.push(`staff-session=${(await createStaffSession(db, { staffId })).token}`);
	}
	return cookies;
}

/** Takes until nothing is left; throws where one was taken twice, or was never taken. */
async function takeAll(address: string, take: (agent: number) => Promise<string>): Promise<Rates> {
	const closing = new pg.Pool({ connectionString: asServing(address), max: 4, options: '-c portal.identity=system' });
	const taken: string[] = [];
	const at: number[] = [];
	const started = performance.now();
	const work = async (agent: number) => {
		for (let id = await take(agent); id !== ''; id = await take(agent)) {
			taken.push(id);
			at.push(performance.now());
			await closing.query({
				name: 'close',
				text: 'update review set closed_at = now(), lease_expires_at = null where application_id = $1',
				values: [id],
			});
		}
	};
	await Promise.all(Array.from({ length: AGENTS }, (_, agent) => work(agent)));
	await closing.end();
	if (taken.length !== count || new Set(taken).size !== count) {
		throw new Error(`${String(taken.length)} takings of ${String(new Set(taken).size)} out of ${String(count)}`);
	}
	const tenth = Math.floor(count / 10);
	const between = (from: number, to: number) =>
		((at[to] ?? NaN) - (from === 0 ? started : (at[from - 1] ?? NaN))) / 1000;
	return {
		rate: count / between(0, count - 1),
		first: tenth / between(0, tenth - 1),
		last: tenth / between(count - tenth, count - 1),
	};
}
