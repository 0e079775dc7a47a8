import type { Browser, Page } from '@playwright/test';
import { notePlanted, query } from './run-folder.ts';

/** A message as the demo's SMS inbox shows it. */
export interface InboxMessage {
	readonly phone: string;
	readonly text: string;
	/** The path of the link in it, where there is one. */
	readonly link: string | undefined;
	/** What the demo adds so that somebody can try it: the last four of the recipient's ID number. */
	readonly idLast4: string;
	/** The same of the card that the message is about; empty where it is about none. */
	readonly cardLast4: string;
}

/** The inbox, newest first, read in a window of its own. */
export async function readInbox(browser: Browser, baseURL: string): Promise<InboxMessage[]> {
	const page = await browser.newPage({ baseURL });
	try {
		await page.goto('/dev/inbox');
		const messages = await page.locator('li[data-phone]').evaluateAll((items) =>
			items.map((item) => ({
				phone: item.getAttribute('data-phone') ?? '',
				idLast4: item.getAttribute('data-id-last4') ?? '',
				cardLast4: item.getAttribute('data-card-last4') ?? '',
				text: item.querySelector('.text')?.textContent ?? '',
				link: item.querySelector('.text a')?.getAttribute('href') ?? undefined,
			})),
		);
		for (const message of messages) noteSecrets(message);
		return messages;
	} finally {
		await page.close();
	}
}

const noted = new Set<string>();

/** The token and the code in a message: the run looks for them in its log in the end. */
function noteSecrets({ link, text }: InboxMessage): void {
	const token = link?.startsWith('/l/') ? link.slice('/l/'.length) : undefined;
	const code = /(?<!\d)(\d{6})(?!\d)/.exec(text)?.[1];
	for (const [name, value] of [
		['a link’s token', token],
		['a code', code],
	] as const) {
		if (value === undefined || noted.has(value)) continue;
		noted.add(value);
		notePlanted(name, value);
	}
}

/**
 * The newest message that matches, to a number where one is given; asked again until the job has handed it over. While a code for
 * that number is on its way none is taken: the newest there would be an earlier one.
 */
export async function awaitMessage(page: Page, phone: string | undefined, pattern: RegExp): Promise<InboxMessage> {
	const browser = page.context().browser();
	if (!browser) throw new Error('the page has no browser');
	const baseURL = new URL(page.url()).origin;
	for (const deadline = Date.now() + 15_000; ;) {
		const isAwaited = phone !== undefined && (await isCodeOnItsWay(phone));
		const found = (await readInbox(browser, baseURL)).find(
			(message) => (phone === undefined || message.phone === phone) && pattern.test(message.text),
		);
		if (found && !isAwaited) return found;
		if (Date.now() > deadline) throw new Error(`no message to ${phone ?? 'anybody'} like ${String(pattern)} arrived`);
	}
}

async function isCodeOnItsWay(phone: string): Promise<boolean> {
	const queued = await query(
		`select from outbox_message o join cardholder c on c.id = o.cardholder_id
		 where o.status = 'queued' and coalesce(o.challenge_id, o.confirmation_id) is not null and c.phone = $1 limit 1`,
		[phone],
	);
	return queued.length > 0;
}

/**
 * A one-time code of a member of the demo's staff that was not used yet; asked for again until there is one. In the run's own
 * database the used one is forgotten, since a walk would wait half a minute for the next; that none is taken twice is tested
 * with the use case.
 */
export async function readStaffCode(browser: Browser, baseURL: string, login: string): Promise<string> {
	await query('update staff set totp_last_step = null where login = $1', [login]);
	const page = await browser.newPage({ baseURL });
	try {
		for (const deadline = Date.now() + 45_000; ;) {
			await page.goto('/dev/inbox');
			const code = (await page.locator(`[data-login="${login}"]`).textContent()) ?? '';
			if (/^\d{6}$/.test(code)) return code;
			if (Date.now() > deadline) throw new Error(`no code of ${login} is left`);
		}
	} finally {
		await page.close();
	}
}
