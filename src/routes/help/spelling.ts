import type { ScreenCharacter } from '#lib/domain/access/screen.ts';
import * as m from '#lib/paraglide/messages.js';

/** Each character as one says it on the phone. */
export const SPELLING: Readonly<Record<ScreenCharacter, () => string>> = {
	A: m.help_say_a,
	C: m.help_say_c,
	E: m.help_say_e,
	F: m.help_say_f,
	H: m.help_say_h,
	J: m.help_say_j,
	K: m.help_say_k,
	M: m.help_say_m,
	P: m.help_say_p,
	R: m.help_say_r,
	T: m.help_say_t,
	X: m.help_say_x,
	Y: m.help_say_y,
	'3': m.help_say_3,
	'4': m.help_say_4,
	'7': m.help_say_7,
	'9': m.help_say_9,
};
