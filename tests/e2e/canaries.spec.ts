import { type APIRequestContext, type APIResponse, expect, test } from '@playwright/test';
import { type Canary, CANARIES } from '../support/canaries.ts';
import { signInStaff } from './desk.ts';
import { notePlanted } from './run-folder.ts';
import { personAt, signIn } from './trip.ts';

/** Gives one canary to the server, by whoever the cookies say. */
async function plant(request: APIRequestContext, origin: string, canary: Canary): Promise<APIResponse> {
	const { value, to, field, as, name = '' } = canary;
	const address = to.replace('{}', encodeURIComponent(value));
	const headers = { origin };
	const options = { headers, maxRedirects: 0 };
	notePlanted(value, value.replaceAll('\u0000', ''));
	if (as === 'cookie') return request.get(address, { headers: { cookie: `${name}=${value}` }, maxRedirects: 0 });
	if (as === 'header' && field === undefined) return request.get(address, { headers: { [name]: value } });
	if (as === 'header') return request.post(address, { headers: { [name]: value }, form: { [field ?? '']: '1' } });
	if (as === 'json') {
		const json = { 'content-type': 'application/json' };
		return request.post(address, { ...options, headers: { ...headers, ...json }, data: `{"phone": "${value}` });
	}
	if (as === 'broken-multipart') {
		const broken = { 'content-type': 'multipart/form-data; boundary=never' };
		return request.post(address, { ...options, headers: { ...headers, ...broken }, data: `--other\r\n${value}` });
	}
	if (as === 'file-name' || as === 'file') {
		const isName = as === 'file-name';
		const file = { name: isName ? `${value}.jpg` : 'a.pdf', mimeType: 'image/jpeg', buffer: Buffer.from(value) };
		return request.post(address, { ...options, multipart: { kind: 'hospital_certificate', files: file } });
	}
	if (field !== undefined) return request.post(address, { ...options, form: { [field]: value } });
	return request.get(address, options);
}

test('fifty canaries are given to the server: by strangers, a cardholder and staff', async ({
	page,
	playwright,
	baseURL,
}) => {
	test.slow();
	expect(CANARIES.length).toBe(50);
	expect(new Set(CANARIES.map(({ value }) => value)).size).toBe(50);
	const origin = baseURL ?? '';
	const stranger = await playwright.request.newContext({ baseURL: origin });
	await signIn(page, await personAt(page, 2));
	await signInStaff(page, 'qiao');
	for (const canary of CANARIES) {
		const answer = await plant(canary.by === 'stranger' ? stranger : page.request, origin, canary);
		// Each is answered, also where something broke over it.
		expect(answer.status(), canary.to).toBeGreaterThanOrEqual(200);
	}
	await stranger.dispose();
});
