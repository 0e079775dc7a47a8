/**
 * The quarter of an hour after a reminder run: 500 people open their links in ten seconds, go where the link leads, fetch what the
 * pages name as a browser does, and ask for their code; all from one address, as those behind a mobile network's gateway are. Nothing
 * may be refused. The reminders are queued by `portal remind`, and they and the codes are handed over to a message service on this
 * machine by the jobs of the portal that serves.
 */
import { daytimeZone } from '#lib/server/demo/daytime-zone.ts';
import { now, today } from '#lib/server/clock.ts';
import { connect } from '#lib/server/db/connect.ts';
import { asServing, createTestDatabase, startTestCluster } from '../support/cluster.ts';
import { fillDebtors } from '../support/bench/fill-debtors.ts';
import { percentile } from '../support/bench/rounds.ts';
import { awaitMany, openSmsInbox, rushIn } from '../support/bench/rush.ts';
import { type Portal, servePortal } from '../support/portal.ts';
import { startProcess } from '../support/process.ts';

const VISITORS = 500;
const SECONDS = 10;

const cluster = await startTestCluster();
const inbox = await openSmsInbox();
try {
	const address = await createTestDatabase(cluster.template);
	const owner = connect({ connectionString: address, identity: 'system' });
	// Every fourth has an application that waits, and so is not reminded.
	await fillDebtors(owner, { count: Math.ceil((VISITORS * 4) / 3), today: today(), timeZone: daytimeZone(now()) });
	await owner.destroy();
	const sms = { SMS_GATEWAY: 'http', SMS_HTTP_URL: inbox.url, SMS_HTTP_SECRET: 'a secret of the benches' };
	const portal = await servePortal(address, { jobs: true, env: sms });
	try {
		await remind(address, portal);
		await awaitMany(() => inbox.texts('reminder').length, VISITORS);
		const texts = inbox.texts('reminder').slice(0, VISITORS);
		const links = texts.map((text) => /http\S+\/l\/[\w-]+/.exec(text)?.[0] ?? '');
		const { refused, waits, seconds } = await rushIn(portal.origin, { links, seconds: SECONDS });
		console.log(
			`  ${String(links.length)} people in ${seconds.toFixed(1)} s, ${String(waits.length)} requests: ` +
				`p50 ${percentile(waits, 50).toFixed(0)} ms, p99 ${percentile(waits, 99).toFixed(0)} ms, ` +
				`${String(refused.length)} refused (aim: none)`,
		);
		for (const what of new Set(refused)) console.log(`  refused: ${what}`);
		const codes = await awaitMany(() => inbox.texts('sign_in_code').length, VISITORS - refused.length);
		console.log(`  ${String(codes)} codes were handed over`);
	} finally {
		await portal.stop();
	}
} finally {
	inbox.close();
	await cluster.remove();
}

async function remind(address: string, { origin, secretKey }: Portal): Promise<void> {
	const { PATH, HOME } = process.env;
	const env = { PATH, HOME, DATABASE_URL: asServing(address), ORIGIN: origin, SECRET_KEY: secretKey };
	const run = startProcess(process.execPath, ['src/cli/portal.ts', 'remind'], { env });
	if ((await run.ended) !== 0) throw new Error(run.output());
	console.log(`  ${run.output().split('\n')[0] ?? ''}`);
}
