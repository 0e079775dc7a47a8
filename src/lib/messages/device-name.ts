import { type DeviceKind, deviceOf } from '#lib/domain/access/passkey.ts';
import * as m from '#lib/paraglide/messages.js';

const NAMES: Readonly<Record<DeviceKind, () => string>> = {
	iphone: m.passkey_on_iphone,
	ipad: m.passkey_on_ipad,
	android: m.passkey_on_android,
	mac: m.passkey_on_mac,
	windows: m.passkey_on_windows,
	other: m.passkey_on_other,
};

/** What a new passkey is called until its owner says otherwise, by the browser's own description of its device. */
export function deviceName(userAgent: string | null): string {
	return NAMES[deviceOf(userAgent ?? '')]();
}
