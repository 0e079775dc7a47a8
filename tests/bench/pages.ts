/**
 * Every page of a cardholder's, on the production build: the bytes and requests of a first visit, Lighthouse's scores under its
 * mobile preset, the largest paint against that of a blank page, and how long a touch waits on a slow processor. `--rounds N`
 * looks at each page so often and takes the median; once unless told. What misses is looked at until it was three times, since a
 * single look on a busy machine says little. `--accounts` has no meaning here.
 */
import { loadavg } from 'node:os';
import { chromium } from '@playwright/test';
import { rereadEnv } from '#lib/server/env.ts';
import { Scales, sumOf } from '../e2e/weigh.ts';
import { visitorsOf } from '../support/bench/cardholders.ts';
import { benchFlags } from '../support/bench/flags.ts';
import { type Delay, measureDelays } from '../support/bench/interaction-delays.ts';
import { type Look, middleOf, type Scores, scorePage, serveBlankPage } from '../support/bench/page-scores.ts';
import { median } from '../support/bench/rounds.ts';
import { launchOptions } from '../support/browser.ts';
import { startTestCluster } from '../support/cluster.ts';
import { freePort } from '../support/free-port.ts';
import { startPortal } from '../support/portal.ts';

/** Within so much of the blank page's largest paint, and for every other page so much in all. */
const FIRST = { pages: ['/l', '/sign-in', '/debt'], laterMs: 100 };
const LATEST_MS = 1_500;
const LONGEST_DELAY_MS = 50;
/** The others forbid indexing, which costs points there. */
const FOR_SEARCH = ['/', '/sign-in'];
const LOOKS_AT_A_MISS = 3;
const { rounds } = benchFlags({ accounts: 1, rounds: 1 });

const cluster = await startTestCluster();
const portal = await startPortal(cluster.template);
process.env.SECRET_KEY = portal.secretKey;
rereadEnv();
const port = Number(await freePort());
const options = launchOptions();
const browser = await chromium.launch({
	...options,
	args: [...(options.args ?? []), `--remote-debugging-port=${String(port)}`],
});
const scales = await Scales.open(browser, portal.origin);
const server = await serveBlankPage();
const blank: Look = { url: server.url, prepare: () => Promise.resolve() };
try {
	const { all, draft } = await visitorsOf(portal.db, portal.origin);
	console.log(`  ${loadText()}`);
	const { largestPaintMs, blockingMs } = await scorePage(blank, port);
	console.log(`  a blank page: largest paint ${ms(largestPaintMs)}, blocking ${ms(blockingMs)}`);
	for (const locale of ['zh-CN', 'en']) {
		for (const { cookies, paths } of all) {
			for (const path of paths) await benchPage(path, locale, cookies);
		}
	}
	await benchDelays(draft.cookies);
	console.log(`  ${loadText()}`);
} finally {
	server.close();
	await scales.close();
	await browser.close();
	await portal.stop();
	await cluster.remove();
}

async function benchPage(path: string, locale: string, cookies: Readonly<Record<string, string>>): Promise<void> {
	const list = Object.entries(cookies).map(([name, value]) => ({ name, value, url: portal.origin }));
	const { carried } = await scales.weigh(path, locale, list);
	const look = { url: portal.origin + path, prepare: () => setCookies({ ...cookies, language: locale }) };
	const looks: Scores[] = [];
	const blankPaintsMs: number[] = [];
	let missed: string[] = [];
	while (looks.length < rounds || (missed.length > 0 && looks.length < LOOKS_AT_A_MISS)) {
		// How fast the machine is changes all the time, so what is compared is looked at side by side.
		if (FIRST.pages.includes(path)) blankPaintsMs.push((await scorePage(blank, port)).largestPaintMs);
		looks.push(await scorePage(look, port));
		const latestMs = blankPaintsMs.length > 0 ? median(blankPaintsMs) + FIRST.laterMs : LATEST_MS;
		missed = missedBy(middleOf(looks), FOR_SEARCH.includes(path), latestMs);
	}
	const { performance, accessibility, bestPractices, seo, largestPaintMs, blockingMs, layoutShift } = middleOf(looks);
	const beside = blankPaintsMs.length > 0 ? ` (blank ${ms(median(blankPaintsMs))})` : '';
	console.log(
		[
			`  ${path} ${locale}: ${String(sumOf(carried))} bytes, ${String(carried.length)} requests`,
			`scores ${[performance, accessibility, bestPractices, seo].join('/')}`,
			`largest paint ${ms(largestPaintMs)}${beside}, blocking ${ms(blockingMs)}, shift ${layoutShift.toFixed(3)}`,
			`looks ${String(looks.length)}`,
			...(missed.length > 0 ? [`MISSED ${missed.join(', ')}`] : []),
		].join('; '),
	);
}

async function benchDelays(cookies: Readonly<Record<string, string>>): Promise<void> {
	const looks: Delay[][] = [];
	const middle = (what: string) => median(looks.flat().flatMap((delay) => (delay.what === what ? [delay.ms] : [])));
	const isMissed = () => (looks[0] ?? []).some(({ what }) => middle(what) > LONGEST_DELAY_MS);
	while (looks.length < rounds || (isMissed() && looks.length < LOOKS_AT_A_MISS)) {
		looks.push(await measureDelays(browser, portal.origin, cookies));
	}
	for (const { what } of looks[0] ?? []) {
		const told = `  ${what}: ${ms(middle(what))}; looks ${String(looks.length)}`;
		console.log(middle(what) > LONGEST_DELAY_MS ? `${told}; MISSED (aim: ${ms(LONGEST_DELAY_MS)})` : told);
	}
}

/** Into the jar of the tabs that Lighthouse opens; with its last tab a browser throws them away. */
async function setCookies(cookies: Readonly<Record<string, string>>): Promise<void> {
	const devtools = await browser.newBrowserCDPSession();
	await devtools.send('Storage.clearCookies');
	const list = Object.entries(cookies).map(([name, value]) => ({ name, value, url: portal.origin }));
	await devtools.send('Storage.setCookies', { cookies: list });
	await devtools.detach();
}

function missedBy(scores: Scores, isForSearch: boolean, latestMs: number): string[] {
	const { performance, accessibility, bestPractices, seo, largestPaintMs, blockingMs, layoutShift, lost } = scores;
	const hundred = [performance, accessibility, bestPractices, ...(isForSearch ? [seo] : [])];
	return [
		...(hundred.some((score) => score < 100) ? lost.filter((audit) => isForSearch || !audit.startsWith('seo:')) : []),
		...(largestPaintMs > latestMs ? [`largest paint (aim: ${ms(latestMs)})`] : []),
		...(blockingMs > 0 ? ['blocking time'] : []),
		...(layoutShift > 0 ? ['layout shift'] : []),
	];
}

/** What else the machine was doing: times are of no use without it. */
function loadText(): string {
	return `load of the machine: ${loadavg()
		.map((load) => load.toFixed(1))
		.join(' ')}`;
}

function ms(value: number): string {
	return `${value.toFixed(0)} ms`;
}
