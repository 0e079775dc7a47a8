import { expect, test } from 'vitest';
import { newSalt } from './ask-passkey.ts';
import { makeCopy, sealCopy, unsealCopy } from './sealed.ts';

const whose = { mark: 'mark-of-one', credential: 'credential-of-one', salt: newSalt() };
const shown = { lang: 'zh-CN', lines: [{ kind: 'amount' as const, text: '¥12,482.17' }] };
const at = 1_795_000_000_000;
const secret = () => crypto.getRandomValues(new Uint8Array(32));

test('what is sealed without the passkey is read with it, and with it alone', async () => {
	const own = secret();
	const copy = await sealCopy(await makeCopy(own, whose), shown, at);
	expect(await unsealCopy(copy, own)).toEqual(shown);
	await expect(unsealCopy(copy, secret())).rejects.toThrow();
});

test('nothing of it is readable as it lies, and the same page lies there differently each time', async () => {
	const empty = await makeCopy(secret(), whose);
	const [once, again] = [await sealCopy(empty, shown, at), await sealCopy(empty, shown, at)];
	const lying = JSON.stringify(once);
	expect(Object.keys(once).sort()).toEqual(['credential', 'iv', 'mark', 'privateKey', 'publicKey', 'salt', 'sealed']);
	for (const part of ['12,482', btoa('12,482').slice(0, 6)]) expect(lying).not.toContain(part);
	expect(once.sealed?.bytes).not.toBe(again.sealed?.bytes);
});

test('a new look takes the place of the last', async () => {
	const own = secret();
	const first = await sealCopy(await makeCopy(own, whose), shown, at);
	const later = { lang: 'en', lines: [{ kind: 'amount' as const, text: '¥1.00' }] };
	const copy = await sealCopy(first, later, at + 1);
	expect(copy.sealed?.at).toBe(at + 1);
	expect(await unsealCopy(copy, own)).toEqual(later);
});

test('a day, an owner or a sealed byte that was changed is not shown', async () => {
	const own = secret();
	const copy = await sealCopy(await makeCopy(own, whose), shown, at);
	const sealed = copy.sealed ?? { at, sender: '', bytes: '' };
	const flipped = `${sealed.bytes.startsWith('A') ? 'B' : 'A'}${sealed.bytes.slice(1)}`;
	for (const changed of [
		{ ...copy, sealed: { ...sealed, at: at + 1 } },
		{ ...copy, mark: 'mark-of-another' },
		{ ...copy, sealed: { ...sealed, bytes: flipped } },
		{ ...copy, publicKey: (await makeCopy(own, whose)).publicKey },
	]) {
		await expect(unsealCopy(changed, own)).rejects.toThrow();
	}
});

test('a copy with nothing in it yet shows nothing', async () => {
	const own = secret();
	await expect(unsealCopy(await makeCopy(own, whose), own)).rejects.toThrow('nothing was sealed yet');
});
