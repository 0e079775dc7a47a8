/**
 * The debt page of somebody who is signed in, on the production build, beside a bare node:http handler that asks the database the
 * same statements and sends the same bytes: the two in turn, the median of the rounds' ratios. Then each at half of what it can do,
 * for two minutes, at a constant rate whoever waits. `--accounts N` are so many cardholders, every fourth with an application; 2,000
 * unless told. `--seconds N` are those of the steady load.
 *
 * What the page asks is written down where the driver writes it, one visitor after another: the same values, names of kept plans
 * and ways there and back, the telling of the identity among them. The bare handler sends the page as the portal compressed it, for
 * those are the bytes on the line; to compress is the portal's own work, and counts as such.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { now, today } from '#lib/server/clock.ts';
import { connect } from '#lib/server/db/connect.ts';
import { daytimeZone } from '#lib/server/demo/daytime-zone.ts';
import { createCardholderSession } from '#lib/server/session/start-session.ts';
import { asServing, createTestDatabase, startTestCluster } from '../support/cluster.ts';
import { fillDebtors } from '../support/bench/fill-debtors.ts';
import { benchFlags } from '../support/bench/flags.ts';
import { loadFully, loadSteadily, requestBytes } from '../support/bench/load.ts';
import { cpuSecondsOf } from '../support/bench/measure.ts';
import { type Ask, recordPages } from '../support/bench/record-pages.ts';
import { median, percentile } from '../support/bench/rounds.ts';
import { servePortal } from '../support/portal.ts';
import { startProcess } from '../support/process.ts';

const AIM = 35;
const AIM_P99 = 2;
const VISITORS = 400;
const CONNECTIONS = 32;
const WARM_UP_SECONDS = 10;
const ROUND_SECONDS = 6;
/** Served as over https by a name of its own: with the full names of the cookies, and passkeys to offer. */
const SERVED = { ORIGIN: 'https://repay.example.com' };
const { accounts, rounds, seconds } = benchFlags({ accounts: 2_000 });

process.env['SECRET_KEY'] ??= 'a secret of the benches, long enough';
const folder = mkdtempSync(join(tmpdir(), 'portal-debt-'));
const cluster = await startTestCluster();
try {
	const address = await createTestDatabase(cluster.template);
	const asks = await makeVisitors(address);
	const pages = await record(address, asks);
	const portal = await servePortal(address, { env: SERVED });
	const bare = startProcess(process.execPath, ['tests/support/bench/bare-debt.ts', asServing(address), pages]);
	try {
		const bareOrigin = `http://127.0.0.1:${/ (\d+)$/.exec(await bare.line(/listens on/))?.[1] ?? ''}`;
		const side = (name: string, origin: string, pid: number): Side => {
			return { name, origin, pid, asks: asks.map((ask) => requestBytes(origin, ask)) };
		};
		await compare(side('bare', bareOrigin, bare.pid), side('portal', portal.origin, portal.pid));
	} finally {
		await bare.stop();
		await portal.stop();
	}
} finally {
	await cluster.remove();
	rmSync(folder, { recursive: true });
}

/** A server that is measured. */
interface Side {
	readonly name: string;
	readonly origin: string;
	readonly pid: number;
	readonly asks: readonly Buffer[];
}

/** Fills the database and signs people in; what each of them asks for. */
async function makeVisitors(address: string): Promise<Ask[]> {
	const owner = connect({ connectionString: address, identity: 'system' });
	await fillDebtors(owner, { count: accounts, today: today(), timeZone: daytimeZone(now()) });
	const asks: Ask[] = [];
	for (let n = 1; n <= Math.min(VISITORS, accounts); n++) {
		const id = `D-${String(n)}`;
		const { token } = await createCardholderSession(owner, { cardholderId: id, accountId: id });
		const headers = {
			cookie: `__Host-session=${token}`,
			accept: 'text/html',
			'accept-encoding': 'gzip, deflate, br, zstd',
			'accept-language': 'zh-CN,zh;q=0.9',
			'user-agent': 'Mozilla/5.0 (Linux; Android 15; Pixel 9) Chrome/141.0.0.0 Mobile Safari/537.36',
			'sec-fetch-site': 'same-origin',
		};
		asks.push({ path: '/debt', headers });
	}
	await owner.destroy();
	return asks;
}

/** Writes down each visitor's page, by a portal of its own that is gone afterwards; returns the file. */
async function record(address: string, asks: readonly Ask[]): Promise<string> {
	const file = join(folder, 'statements');
	writeFileSync(file, '');
	const nodeFlags = ['--import', new URL('../support/bench/tell-statements.ts', import.meta.url).href];
	const portal = await servePortal(address, { env: { ...SERVED, TELL_STATEMENTS: file }, nodeFlags });
	const recorded = await recordPages(portal, { asks, file }).finally(() => portal.stop());
	const pages = Object.fromEntries(asks.map(({ headers }, at) => [headers['cookie'] ?? '', recorded[at]]));
	const path = join(folder, 'pages.json');
	writeFileSync(path, JSON.stringify(pages));
	for (const { body, ways } of recorded.slice(-2)) {
		const bytes = Buffer.from(body, 'base64').length;
		console.log(`  a page of ${String(bytes)} bytes, for which the database is asked ${String(ways.length)} times`);
	}
	return path;
}

interface Round {
	/** Requests a second, and the server's own processor time for each, in microseconds. */
	readonly rate: number;
	readonly cost: number;
}

async function measureRound({ name, origin, pid, asks }: Side): Promise<Round> {
	const before = cpuSecondsOf(pid);
	const loaded = await loadFully(origin, { asks, connections: CONNECTIONS, seconds: ROUND_SECONDS });
	const { waits, errors } = loaded;
	if (errors > 0) throw new Error(`${String(errors)} answers of ${name} were no page`);
	return { rate: waits.length / loaded.seconds, cost: ((cpuSecondsOf(pid) - before) / waits.length) * 1e6 };
}

async function compare(bare: Side, portal: Side): Promise<void> {
	for (const { origin, asks } of [bare, portal]) {
		await loadFully(origin, { asks, connections: CONNECTIONS, seconds: WARM_UP_SECONDS });
	}
	const all: { bare: Round; portal: Round }[] = [];
	for (let round = 1; round <= rounds; round++) {
		const both = { bare: await measureRound(bare), portal: await measureRound(portal) };
		all.push(both);
		const text = ({ rate, cost }: Round) => `${rate.toFixed(0)} a second (${cost.toFixed(0)} µs of CPU each)`;
		const load = `load ${(loadavg()[0] ?? NaN).toFixed(1)}`;
		console.log(`  round ${String(round)}  portal ${text(both.portal)}, bare ${text(both.bare)}; ${load}`);
	}
	const rate = median(all.map((of) => of.portal.rate / of.bare.rate));
	const cost = median(all.map((of) => of.portal.cost / of.bare.cost));
	console.log(
		`  ${(100 * rate).toFixed(1)} % of the bare rate (aim ${String(AIM)} %), ${cost.toFixed(2)} times its CPU`,
	);
	const bareP99 = await keepUp(bare, median(all.map((of) => of.bare.rate)) / 2);
	const portalP99 = await keepUp(portal, median(all.map((of) => of.portal.rate)) / 2);
	console.log(`  p99 ${(portalP99 / bareP99).toFixed(2)} times the bare one's (aim: at most ${String(AIM_P99)})`);
}

/** Half of what it can do, for long; returns the wait that one in a hundred had, in milliseconds. */
async function keepUp({ name, origin, asks }: Side, rate: number): Promise<number> {
	// It stood still while the other was measured, and would be measured waking up.
	await loadSteadily(origin, { asks, rate, seconds: WARM_UP_SECONDS });
	const { waits, errors } = await loadSteadily(origin, { asks, rate, seconds });
	const [half, p99, most] = [50, 99, 100].map((percent) => percentile(waits, percent));
	const text = [half, p99, most].map((ms = NaN) => ms.toFixed(1));
	console.log(
		`  ${name} at ${rate.toFixed(0)} a second for ${String(seconds)} s: p50 ${text[0] ?? ''} ms, p99 ${text[1] ?? ''} ms, ` +
			`longest ${text[2] ?? ''} ms, ${String(errors)} errors; load ${(loadavg()[0] ?? NaN).toFixed(1)}`,
	);
	return p99 ?? NaN;
}
