import { expect, test } from '@playwright/test';
import { admit } from './admit.ts';
import { signInStaff, takeFirst } from './desk.ts';
import { apply } from './trip.ts';
import { words } from './words.ts';

const w = words('zh-CN');

test('a supervisor takes a case out of the hands of a colleague who cannot go on, who can decide nothing more', async ({
	page,
	browser,
	baseURL,
}) => {
	test.slow();
	await admit(page);
	const reference = await apply(page);
	const screen = { baseURL: baseURL ?? '', viewport: { width: 1280, height: 800 }, locale: 'zh-CN' };
	const ill = await browser.newPage(screen);
	await signInStaff(ill, 'lin');
	await takeFirst(ill, reference);

	const supervisor = await browser.newPage(screen);
	await signInStaff(supervisor, 'fang');
	await supervisor.goto(ill.url());
	await supervisor.locator('summary', { hasText: w('recall_title') }).click();
	const recall = supervisor.getByRole('button', { name: w('recall_button') });
	await recall.click();
	const note = supervisor.locator('[name=recall_note]');
	await expect(note).toHaveAttribute('aria-invalid', 'true');
	await note.fill('林岚今天生病，请下一位接着看工资单。');
	await recall.click();
	await expect(supervisor).toHaveURL(/\/desk\?done=put_back/);
	await expect(supervisor.locator('main')).toContainText(w('desk_done_put_back').replace('{reference}', reference));

	await ill.reload();
	await expect(ill.locator('main')).not.toContainText(w('desk_put_back_note'));
	await expect(ill.getByRole('button', { name: w('desk_continue') })).toHaveCount(0);
	await ill.close();
	await supervisor.close();
});
