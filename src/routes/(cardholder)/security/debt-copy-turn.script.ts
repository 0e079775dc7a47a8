/*
 * Turns the copy of what one owes on and off, on this device alone (DebtCopy.svelte). Offered only where the browser can have a passkey
 * give a secret; whether the passkey itself can is known once it was asked.
 */
import { askPasskey, isRefusal, newSalt } from '#lib/browser/debt-copy/ask-passkey.ts';
import { readCopy, saveCopy, wipeCopy } from '#lib/browser/debt-copy/kept-copy.ts';
import { makeCopy } from '#lib/browser/debt-copy/sealed.ts';
import { servedAt, visit } from '#lib/browser/debt-copy/visit.ts';

const place = document.querySelector<HTMLElement>('section.debt-copy');
const button = place?.querySelector('button');
const said = place?.querySelector('[role=status]');
const mark = document.getElementById('session-ending')?.dataset.device;
let isBusy = false;

async function canHave(): Promise<boolean> {
	if (!isSecureContext || !('PublicKeyCredential' in window)) return false;
	// Browsers that do not say are asked when it comes to it.
	if (!('getClientCapabilities' in PublicKeyCredential)) return true;
	const capabilities: Record<string, boolean> = await PublicKeyCredential.getClientCapabilities();
	return capabilities['extension:prf'] !== false;
}

function say(words = ''): void {
	if (said) said.textContent = words;
}

function showState(): void {
	const label = button?.querySelector('span');
	if (label) label.textContent = (readCopy() ? place?.dataset.turnOff : place?.dataset.turnOn) ?? '';
}

/** What came of it, as the page's words for it are named. */
async function turnOn(owner: string): Promise<'isOn' | 'cannot'> {
	const salt = newSalt();
	const credentials = document.querySelector<HTMLElement>('[data-credentials]')?.dataset.credentials?.split(' ') ?? [];
	const { credential, secret } = await askPasskey(credentials, salt);
	if (!secret) return 'cannot';
	saveCopy(await makeCopy(secret, { mark: owner, credential, salt, seenAt: servedAt() }));
	return 'isOn';
}

async function turn(owner: string): Promise<void> {
	if (isBusy) return;
	isBusy = true;
	say();
	try {
		if (readCopy()) {
			wipeCopy();
			say(place?.dataset.isOff);
		} else say(place?.dataset[await turnOn(owner)]);
	} catch (fault) {
		say(isRefusal(fault) ? place?.dataset.cancelled : place?.dataset.failed);
	} finally {
		isBusy = false;
		showState();
	}
}

async function start(owner: string): Promise<void> {
	// What another person left here, or what a removed passkey opened, goes first.
	await visit(owner);
	if (!readCopy() && !(await canHave())) return;
	showState();
	if (readCopy()) say(place?.dataset.isOn);
	document.documentElement.dataset.debtCopyReady = '';
	button?.addEventListener('click', () => void turn(owner));
}

if (mark !== undefined) void start(mark);
