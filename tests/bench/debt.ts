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
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { today } from '#lib/server/clock.ts';
import { connect } from '#lib/server/db/connect.ts';
import { daytimeZone } from '#lib/server/demo/daytime-zone.ts';
import { createCardholderSession } from '#lib/server/session/start-session.ts';
import { asServing, createTestDatabase, startTestCluster } from '../support/cluster.ts';
import { fillDebtors } from '../support/bench/fill-debtors.ts';
import { benchFlags } from '../support/bench/flags.ts';
import { type Loaded, loadFully, loadSteadily, requestBytes } from '../support/bench/load.ts';
import { cpuSecondsOf } from '../support/bench/measure.ts';
import { type Ask, recordPages } from '../support/bench/record-pages.ts';
import { median } from '../support/bench/rounds.ts';
import { servePortal } from '../support/portal.ts';
import { startProcess } from '../support/process.ts';

const AIM = 35;
const AIM_P99 = 2;
const VISITORS = 400;
const CONNECTIONS = 32;
const ROUND_SECONDS = 6;
const { accounts, rounds, seconds } = benchFlags({ accounts: 2_000 });

process.env['SECRET_KEY'] ??= 'a secret of the benches, long enough';
const folder = mkdtempSync(join(tmpdir(), 'portal-debt-'));
const cluster = await startTestCluster();
try {
	const address = await createTestDatabase(cluster.template);
	const asks = await makeVisitors(address);
	const pages = await record(address, asks);
	const portal = await servePortal(address);
	const bare = startProcess(process.execPath, ['tests/support/bench/bare-debt.ts', asServing(address), pages]);
	try {
		const bareOrigin = `http://127.0.0.1:${/ (\d+)$/.exec(await bare.line(/listens on/))?.[1] ?? ''}`;
		await compare([
			{ name: 'bare', origin: bareOrigin, pid: bare.pid, asks: asks.map((ask) => requestBytes(bareOrigin, ask)) },
			{ name: 'portal', origin: portal.origin, pid: portal.pid, asks: asks.map((ask) => requestBytes(portal.origin, ask)) },
		]);
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
	await fillDebtors(owner, { count: accounts, today: today(), timeZone: daytimeZone(new Date()) });
	const asks: Ask[] = [];
	for (let n = 1; n <= Math.min(VISITORS, accounts); n++) {
		const id = `D-${String(n)}`;
		const { token } = await createCardholderSession(owner, { cardholderId: id, accountId: id });
		const headers = {
			cookie: `session=${token}`,
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
	const portal = await servePortal(address, { env: { TELL_STATEMENTS: file }, nodeFlags });
	const recorded = await recordPages(portal, { asks, file }).finally(() => portal.stop());
	const pages = Object.fromEntries(asks.map(({ headers }, at) => [headers['cookie'] ?? '', recorded[at]]));
	const path = join(folder, 'pages.json');
	writeFileSync(path, JSON.stringify(pages));
	const [first, last] = [recorded.at(20), recorded.at(-1)];
	for (const page of [first, last]) {
		const bytes = Buffer.from(page?.body ?? '', 'base64').length;
		console.log(`  a page of ${String(bytes)} bytes: the database is asked ${String(page?.ways.length)} times`);
	}
	if (process.env['SHOW_STATEMENTS']) {
		for (const way of last?.ways ?? []) console.log(way.map(({ name, text }) => `    ${name}: ${text}`).join('\n'));
	}
	return path;
}

async function compare(sides: readonly [Side, Side]): Promise<void> {
	for (const { origin, asks } of sides) await loadFully(origin, { asks, connections: CONNECTIONS, seconds: 4 });
	const rates = new Map<string, number[]>(sides.map(({ name }) => [name, []]));
	const costs = new Map<string, number[]>(sides.map(({ name }) => [name, []]));
	for (let round = 1; round <= rounds; round++) {
		for (const { name, origin, pid, asks } of sides) {
			const before = cpuSecondsOf(pid);
			const { waits, errors, seconds: took } = await loadFully(origin, {
				asks,
				connections: CONNECTIONS,
				seconds: ROUND_SECONDS,
			});
			if (errors > 0) throw new Error(`${String(errors)} answers of ${name} were no page`);
			rates.get(name)?.push(waits.length / took);
			costs.get(name)?.push(((cpuSecondsOf(pid) - before) / waits.length) * 1e6);
		}
		const at = (of: Map<string, number[]>, name: string) => (of.get(name)?.at(-1) ?? NaN).toFixed(0);
		console.log(
			`  round ${String(round)}  portal ${at(rates, 'portal')} a second (${at(costs, 'portal')} µs CPU each) against ${at(rates, 'bare')} (${at(costs, 'bare')} µs)`,
		);
	}
	const ratio = (of: Map<string, number[]>) =>
		median((of.get('portal') ?? []).map((ours, at) => ours / (of.get('bare')?.[at] ?? NaN)));
	console.log(`  ${(100 * ratio(rates)).toFixed(1)} % of the bare rate (aim ${String(AIM)} %); of its CPU time ${ratio(costs).toFixed(2)} times`);
	const p99s: number[] = [];
	for (const { name, origin, asks } of sides) {
		const rate = median(rates.get(name) ?? []) / 2;
		const loaded = await loadSteadily(origin, { asks, rate, seconds });
		p99s.push(percentile(loaded, 99));
		console.log(
			`  ${name} at ${rate.toFixed(0)} a second for ${String(seconds)} s: p50 ${percentile(loaded, 50).toFixed(1)} ms, p99 ${percentile(loaded, 99).toFixed(1)} ms, longest ${percentile(loaded, 100).toFixed(1)} ms, ${String(loaded.errors)} errors`,
		);
	}
	console.log(`  p99 ${((p99s[1] ?? NaN) / (p99s[0] ?? NaN)).toFixed(2)} times the bare one's (aim: at most ${String(AIM_P99)})`);
}

function percentile({ waits }: Loaded, percent: number): number {
	const sorted = [...waits].sort((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? NaN;
}
