import { expect, test } from 'vitest';
import { isPushEndpoint } from '#lib/domain/contact/push-endpoint.ts';

test('the addresses of push services are called', () => {
	for (const endpoint of [
		'https://fcm.googleapis.com/fcm/send/abc:def',
		'https://updates.push.services.mozilla.com/wpush/v2/abc',
		'https://web.push.apple.com/QNvX',
		'https://wns2-par02p.notify.windows.com/w/?token=abc',
	]) {
		expect(isPushEndpoint(endpoint), endpoint).toBe(true);
	}
});

test('nothing inside a network is called, and nothing without TLS', () => {
	for (const endpoint of [
		'http://push.example.com/a',
		'https://127.0.0.1/a',
		'https://[::1]/a',
		'https://2130706433/a',
		'https://0x7f.1/a',
		'https://localhost/a',
		'https://db/a',
		'https://db.internal/a',
		'https://printer.local/a',
		'https://push.example.com:8443/a',
		'https://me:secret@push.example.com/a',
		'ftp://push.example.com/a',
		'push.example.com',
		`https://push.example.com/${'a'.repeat(1_000)}`,
		'',
	]) {
		expect(isPushEndpoint(endpoint), endpoint).toBe(false);
	}
});

test('a service on this machine is called in tests alone', () => {
	expect(isPushEndpoint('http://127.0.0.1:4000/a')).toBe(false);
	expect(isPushEndpoint('http://127.0.0.1:4000/a', { loopback: true })).toBe(true);
	expect(isPushEndpoint('http://10.0.0.1:4000/a', { loopback: true })).toBe(false);
});
