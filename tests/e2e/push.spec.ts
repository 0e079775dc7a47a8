import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { startPushService } from '../support/push-service.ts';
import { installed } from './installed.ts';
import { apply, personAt, signIn } from './trip.ts';
import { words } from './words.ts';

test.use({ serviceWorkers: 'allow', permissions: ['notifications'] });

const w = words('zh-CN');
let service: Awaited<ReturnType<typeof startPushService>>;
test.beforeAll(async () => {
	service = await startPushService();
});
test.afterAll(() => service.stop());

/** A browser without a network has no push service: it is given ours on loopback, and counts how often it was asked. */
async function withPushService(page: Page): Promise<void> {
	await page.addInitScript((subscription) => {
		Object.assign(window, { asked: 0 });
		Notification.requestPermission = () => {
			Object.assign(window, { asked: (window as never as { asked: number }).asked + 1 });
			return Promise.resolve((window as never as { answer?: 'denied' }).answer ?? 'granted');
		};
		PushManager.prototype.subscribe = (options) => {
			const key = (options?.applicationServerKey as Uint8Array).length;
			if (key !== 65) throw new Error('not a key of ours');
			return Promise.resolve({ toJSON: () => JSON.parse(subscription) as object } as PushSubscription);
		};
	}, service.device().subscription);
}

const asked = (page: Page) => page.evaluate(() => (window as never as { asked: number }).asked);
const turnOn = (page: Page) => page.getByRole('button', { name: w('push_turn_on'), exact: true });

test('notices are asked for after the first submission alone, with the reason, and by a tap', async ({
	page,
	browser,
}) => {
	await withPushService(page);
	await signIn(page, await personAt(page, 7));
	for (const path of ['/debt', '/application', '/security']) {
		await page.goto(path);
		await expect(page.locator('main')).not.toContainText(w('push_offer_why'));
	}
	await apply(page);
	await expect(page.getByRole('heading', { name: w('push_offer_title') })).toBeVisible();
	await expect(page.locator('main')).toContainText(w('push_offer_why'));
	expect(await asked(page)).toBe(0);

	// Without the script it is not seen; who refuses is told that an SMS comes.
	const { origin } = new URL(page.url());
	const plain = { storageState: await page.context().storageState(), javaScriptEnabled: false, locale: 'zh-CN' };
	const still = await browser.newPage(plain);
	await still.goto(`${origin}/application`);
	await expect(still.locator('#offer-push')).toHaveText(w('push_offer_title'));
	await expect(still.locator('#offer-push')).toBeHidden();
	await still.close();
	await page.evaluate(() => Object.assign(window, { answer: 'denied' }));
	await turnOn(page).click();
	await expect(page.getByRole('status')).toContainText(w('push_denied'));
	expect(await asked(page)).toBe(1);
	await page.evaluate(() => Object.assign(window, { answer: undefined }));

	await turnOn(page).click();
	await expect(page).toHaveURL(/\/application\?notices/);
	await expect(page.locator('main')).toContainText(w('push_on'));
	await expect(turnOn(page)).toHaveCount(0);

	await page.goto('/security');
	await page.getByRole('button', { name: w('push_stop') }).click();
	await expect(page.locator('main')).toContainText(w('push_stopped'));
	await page.goto('/application');
	await page.getByRole('button', { name: w('push_not_now') }).click();
	await expect(page).toHaveURL(/\/application$/);
	await expect(page.locator('main')).not.toContainText(w('push_offer_why'));
	await page.goto('/security');
	await expect(page.locator('main')).toContainText(w('push_none'));
});

test('a device shows one notice for all that wait, and says that each came', async ({ page, context }) => {
	await page.goto('/');
	await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state);
	const cdp = await context.newCDPSession(page);
	const registered = new Promise<string>((resolve) => {
		cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
			const [first] = registrations;
			if (first) resolve(first.registrationId);
		});
	});
	await cdp.send('ServiceWorker.enable');
	const told = (receipt: string) =>
		JSON.stringify({ title: '海岸银行：您有一条消息', path: '/application', receipt, lang: 'zh-CN' });
	for (const letter of ['a', 'b']) {
		const received = context.waitForEvent('response', (response) => response.url().endsWith('/push/received'));
		await cdp.send('ServiceWorker.deliverPushMessage', {
			origin: new URL(page.url()).origin,
			registrationId: await registered,
			data: told(letter.repeat(43)),
		});
		const response = await received;
		expect(response.status()).toBe(204);
		expect(response.request().postData()).toBe(JSON.stringify({ receipt: letter.repeat(43) }));
		expect(await response.request().allHeaders()).not.toHaveProperty('cookie');
	}
	const shown = await page.evaluate(async () => {
		const notices = await (await navigator.serviceWorker.ready).getNotifications();
		return notices.map(({ title, body }) => ({ title, body }));
	});
	expect(shown).toEqual([{ title: '海岸银行：您有一条消息', body: '' }]);
});

test('a tap on a notice takes no form from under the fingers: the page tells of the message, and one that cannot opens a window', async ({
	page,
	context,
}) => {
	await installed(page);
	await page.goto('/hardship');
	await page.locator('[name=circumstances]').fill('写到一半');
	const [worker] = context.serviceWorkers();
	const tap = () =>
		worker?.evaluate(async () => {
			const self = globalThis as never as {
				registration: ServiceWorkerRegistration;
				clients: { openWindow(url: URL): Promise<null> };
				opened: string[];
				NotificationEvent: new (type: string, init: object) => Event;
				dispatchEvent(event: Event): void;
			};
			self.opened = [];
			self.clients.openWindow = (url) => {
				self.opened.push(url.pathname);
				return Promise.resolve(null);
			};
			await self.registration.showNotification('海岸银行：您有一条消息', { data: { path: '/application' } });
			const [notification] = await self.registration.getNotifications();
			self.dispatchEvent(new self.NotificationEvent('notificationclick', { notification }));
		});
	const opened = () => worker?.evaluate(() => (globalThis as never as { opened: string[] }).opened);
	await tap();
	const told = page.locator('[data-offline-told=message]');
	await expect(told).toContainText(w('offline_told_message'));
	await expect(page.locator('[name=circumstances]')).toHaveValue('写到一半');
	await expect(page).toHaveURL(/\/hardship$/);
	expect(await opened()).toEqual([]);
	await page.evaluate(() => {
		scrollTo(0, document.body.scrollHeight / 2);
	});
	await expect(told).toBeInViewport();
	expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
	await told.getByRole('button', { name: w('offline_told_message_drop') }).click();
	await expect(told).toHaveCount(0);
	await tap();
	await told.getByRole('link', { name: w('offline_told_message_link') }).click();
	await expect(page).toHaveURL(/\/application/);

	await page.goto('/debt');
	await tap();
	await expect.poll(opened).toEqual(['/application']);
	await expect(page).toHaveURL(/\/debt$/);
});
