/**
 * Every page of a cardholder's, on the production build: the bytes and requests of a first visit, Lighthouse's scores under its
 * mobile preset, the largest paint against that of a blank page, and how long a touch waits on a slow processor. `--rounds N`
 * looks at each page so often and takes the median; once unless told. `--accounts` has no meaning here.
 */
import { chromium } from '@playwright/test';
import { rereadEnv } from '#lib/server/env.ts';
import { Scales, sumOf } from '../e2e/weigh.ts';
import { visitorsOf } from '../support/bench/cardholders.ts';
import { benchFlags } from '../support/bench/flags.ts';
import { measureDelays } from '../support/bench/interaction-delays.ts';
import { type Scores, scorePage, serveBlankPage } from '../support/bench/page-scores.ts';
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
const blank = await serveBlankPage();
try {
	const { all, draft } = await visitorsOf(portal.db, portal.origin);
	const { largestPaintMs } = await scoresOf(blank.url);
	console.log(`  a blank page: largest paint ${ms(largestPaintMs)}`);
	for (const locale of ['zh-CN', 'en']) {
		for (const { cookies, paths } of all) {
			for (const path of paths) await bench(path, locale, cookies, largestPaintMs);
		}
	}
	for (const { what, ms: took } of await measureDelays(browser, portal.origin, draft.cookies)) {
		console.log(`  ${what}: ${ms(took)}${took > LONGEST_DELAY_MS ? ` (aim: ${ms(LONGEST_DELAY_MS)})` : ''}`);
	}
} finally {
	blank.close();
	await scales.close();
	await browser.close();
	await portal.stop();
	await cluster.remove();
}

async function bench(path: string, locale: string, cookies: Readonly<Record<string, string>>, blankMs: number) {
	const url = portal.origin + path;
	const list = Object.entries(cookies).map(([name, value]) => ({ name, value, url: portal.origin }));
	const { carried } = await scales.weigh(path, locale, list);
	await setCookies({ ...cookies, language: locale });
	const scores = await scoresOf(url);
	const aimMs = FIRST.pages.includes(path) ? blankMs + FIRST.laterMs : LATEST_MS;
	const missed = missedBy(scores, FOR_SEARCH.includes(path), aimMs);
	const { performance, accessibility, bestPractices, seo, largestPaintMs, blockingMs, layoutShift } = scores;
	console.log(
		[
			`  ${path} ${locale}: ${String(sumOf(carried))} bytes, ${String(carried.length)} requests`,
			`scores ${[performance, accessibility, bestPractices, seo].join('/')}`,
			`largest paint ${ms(largestPaintMs)}, blocking ${ms(blockingMs)}, shift ${layoutShift.toFixed(3)}`,
			...(missed.length > 0 ? [`MISSED ${missed.join(', ')}`] : []),
		].join('; '),
	);
}

/** Into the jar of the tabs that Lighthouse opens. */
async function setCookies(cookies: Readonly<Record<string, string>>): Promise<void> {
	const devtools = await browser.newBrowserCDPSession();
	await devtools.send('Storage.clearCookies');
	const list = Object.entries(cookies).map(([name, value]) => ({ name, value, url: portal.origin }));
	await devtools.send('Storage.setCookies', { cookies: list });
	await devtools.detach();
}

function missedBy(scores: Scores, isForSearch: boolean, aimMs: number): string[] {
	const { performance, accessibility, bestPractices, seo, largestPaintMs, blockingMs, layoutShift, lost } = scores;
	const hundred = [performance, accessibility, bestPractices, ...(isForSearch ? [seo] : [])];
	return [
		...(hundred.some((score) => score < 100) ? lost.filter((id) => isForSearch || id !== 'is-crawlable') : []),
		...(largestPaintMs > aimMs ? [`largest paint (aim: ${ms(aimMs)})`] : []),
		...(blockingMs > 0 ? ['blocking time'] : []),
		...(layoutShift > 0 ? ['layout shift'] : []),
	];
}

/** The medians of some looks at a page; of scores the middle one too. */
async function scoresOf(url: string): Promise<Scores> {
	const looks: Scores[] = [];
	for (let round = 0; round < rounds; round++) looks.push(await scorePage(url, port));
	const middle = (of: (scores: Scores) => number) => median(looks.map(of));
	return {
		performance: middle(({ performance }) => performance),
		accessibility: middle(({ accessibility }) => accessibility),
		bestPractices: middle(({ bestPractices }) => bestPractices),
		seo: middle(({ seo }) => seo),
		largestPaintMs: middle((scores) => scores.largestPaintMs),
		blockingMs: middle(({ blockingMs }) => blockingMs),
		layoutShift: middle(({ layoutShift }) => layoutShift),
		lost: [...new Set(looks.flatMap(({ lost }) => lost))],
	};
}

function ms(value: number): string {
	return `${value.toFixed(0)} ms`;
}
