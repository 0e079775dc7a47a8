import { expect, type Locator, type Page } from '@playwright/test';
import sharp from 'sharp';
import type { EvidenceKind } from '#lib/domain/application/evidence.ts';
import { awaitMessage, type InboxMessage, readInbox } from './inbox.ts';
import { words } from './words.ts';

const w = words('zh-CN');

/** The demo's people with a reminder in the inbox, each once. A test takes one nobody else takes, by its place. */
export async function personAt(page: Page, place: number): Promise<InboxMessage> {
	const browser = page.context().browser();
	if (!browser) throw new Error('the page has no browser');
	await page.goto('/');
	const messages = (await readInbox(browser, new URL(page.url()).origin)).reverse();
	// Whoever has an application already has had other messages too.
	const withLinks = messages.filter(({ link }) => link?.startsWith('/l/'));
	const people = [...new Map(withLinks.map((message) => [message.phone, message])).values()];
	const person = people.sort((a, b) => a.phone.localeCompare(b.phone))[place];
	if (!person) throw new Error(`the demo's inbox has no ${String(place + 1)} people with a link`);
	return person;
}

/** Somebody of the demo who was told this; the newest where several were. */
export async function personTold(page: Page, pattern: RegExp): Promise<InboxMessage> {
	await page.goto('/');
	return awaitMessage(page, undefined, pattern);
}

/** Without a link, by the numbers of the phone and the card, to the debt page. */
export async function signInByNumbers(page: Page, person: InboxMessage): Promise<void> {
	await page.goto('/sign-in');
	await page.locator('[name=phone]').fill(person.phone);
	await page.locator('[name=card_last4]').fill(person.cardLast4);
	await enterWithCode(page, person);
	// Who has several cards is asked which.
	const card = page.locator('form[action="?/choose"] button', { hasText: person.cardLast4 });
	if ((await card.count()) > 0) await card.click();
	await expect(page.locator('form[action="?/choose"]')).toHaveCount(0);
}

/** From a link to the debt page. */
export async function signIn(page: Page, person: InboxMessage): Promise<void> {
	await page.goto(person.link ?? '');
	await enterWithCode(page, person);
}

/** Asks for the code and types it with the last four of the ID number. */
async function enterWithCode(page: Page, { phone, idLast4 }: InboxMessage): Promise<void> {
	await page.locator('main form button').first().click();
	await expect(page).toHaveURL(/\/sign-in\/code/);
	const { text } = await awaitMessage(page, phone, /(?<!\d)\d{6}(?!\d)/);
	await page.locator('[name=code]').fill(/(?<!\d)(\d{6})(?!\d)/.exec(text)?.[1] ?? '');
	await page.locator('[name=id_last4]').fill(idLast4);
	await page.locator('form[action="?/enter"] button').first().click();
	await expect(page).toHaveURL(/\/debt$/);
}

/** A photographed letter, as a phone would send it. */
export async function photo(name: string): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="1600"><rect width="1200" height="1600" fill="#f7f4ec"/>
		${Array.from({ length: 24 }, (_, line) => `<rect x="140" y="${String(260 + line * 48)}" width="${String(700 + ((line * 137) % 220))}" height="10" fill="#5b574f"/>`).join('')}</svg>`;
	return { name, mimeType: 'image/jpeg', buffer: await sharp(Buffer.from(svg)).jpeg({ quality: 80 }).toBuffer() };
}

/** A form's button goes to the server and back; with or without JavaScript the page that answers is awaited. */
export async function send(page: Page, button: string, address: RegExp): Promise<void> {
	await page
		.getByRole('button', { name: button })
		.or(page.getByRole('link', { name: button }))
		.first()
		.click();
	await expect(page).toHaveURL(address);
}

/** Situation, documents, plan, check, sent: one whole application; returns its reference. */
export async function apply(page: Page): Promise<string> {
	await fillIn(page);
	return await submit(page);
}

/** Opens a kind of evidence on the documents page, and returns the form that adds to it. */
export async function openItem(page: Page, kind: EvidenceKind): Promise<Locator> {
	const item = page.locator(`details#${kind}`);
	if ((await item.getAttribute('open')) === null) await item.locator('> summary').click();
	return item.locator('form[action*="attach"]').last();
}

/** Situation, documents, plan: as far as the page that shows everything once more. */
export async function fillIn(page: Page): Promise<void> {
	await nameReason(page);
	const upload = await openItem(page, 'hospital_certificate');
	await upload.locator('input[multiple]').setInputFiles(await photo('诊断证明.jpg'));
	// Who agreed in an earlier walk is not asked again.
	const consent = upload.locator('[name=sensitive_consent]');
	if ((await consent.count()) > 0) await consent.check();
	await upload.getByRole('button', { name: w('documents_send'), exact: true }).click();
	await expect(page.locator('#reason').getByText('诊断证明.jpg').first()).toBeVisible();
	await choosePlan(page);
}

/** Situation: illness and a budget; as far as the documents. */
export async function nameReason(page: Page): Promise<void> {
	await page.goto('/hardship');
	await page.locator('[name=reason][value=illness_or_injury]').check();
	await page.locator('[name=circumstances]').fill('住院两个月，下个月恢复上班。');
	const fields = page.locator('main input[inputmode=decimal]');
	await fields.nth(0).fill('9000');
	await fields.nth(4).fill('2500');
	await send(page, w('hardship_save'), /\/documents/);
}

/** From the documents by a plan to the page that shows everything once more. */
export async function choosePlan(page: Page): Promise<void> {
	await send(page, w('documents_go_on'), /\/plans/);
	await page.locator('[name=monthly]').fill('1500');
	await page.locator('[name=monthly]').press('Enter');
	await page.waitForURL(/monthly=1500/);
	await page.locator('form[action^="?/choose"] button').first().click();
	await expect(page).toHaveURL(/\/check$/);
}

/** From the page that shows everything to the sent application; returns its reference. */
export async function submit(page: Page): Promise<string> {
	await page.locator('[name=consent]').check();
	await send(page, w('check_send'), /\/application$/);
	return (await page.locator('main').getByText(/A-\d+/).first().innerText()).match(/A-\d+/)?.[0] ?? '';
}

/** Reads the agreement, ticks what is agreed to, asks for the code, types it, and keeps the PDF. */
export async function sign(page: Page, { phone }: InboxMessage): Promise<void> {
	await page.goto('/application');
	await send(page, w('agreement_go_sign'), /\/agreement$/);
	await expect(page.locator('.paper table')).toBeVisible();
	for (const consent of ['terms', 'no_new_card', 'data_use']) {
		await expect(page.locator(`[name=consent_${consent}]`)).not.toBeChecked();
	}
	await page.getByRole('button', { name: w('agreement_send_code') }).click();
	await expect(page.locator('#consent_terms-error')).toBeVisible();
	for (const consent of ['terms', 'no_new_card', 'data_use']) await page.locator(`[name=consent_${consent}]`).check();
	await page.getByRole('button', { name: w('agreement_send_code') }).click();
	await expect(page.locator('[name=code]')).toBeVisible();
	const { text } = await awaitMessage(page, phone, /确认码 \d{6}/);
	await page.locator('[name=code]').fill(/(?<!\d)(\d{6})(?!\d)/.exec(text)?.[1] ?? '');
	for (const consent of ['terms', 'no_new_card', 'data_use']) {
		await expect(page.locator(`[name=consent_${consent}]`)).toBeChecked();
	}
	await page.getByRole('button', { name: w('agreement_sign') }).click();
	await expect(page).toHaveURL(/\/agreement\?signed/);
	await expect(page.locator('main')).toContainText(w('agreement_just_signed'));
	const pdf = await page.request.get('/agreement/paper');
	expect(pdf.headers()['content-type']).toBe('application/pdf');
	expect(pdf.headers()['cache-control']).toBe('no-store');
	expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
}
