import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CDPSession, Page } from '@playwright/test';
import { startProcess } from '../support/process.ts';

/** A server of its own on `localhost`: browsers keep passkeys for a name only. Takes as long to start as the walks' own. */
export async function startNamed(): Promise<{ origin: string; stop(): Promise<void> }> {
	const folder = await mkdtemp(join(tmpdir(), 'portal-passkey-'));
	const server = startProcess(process.execPath, [join(import.meta.dirname, 'serve.ts')], {
		env: { ...process.env, E2E_FOLDER: folder, ORIGIN: 'http://localhost', PORT: '0' },
	});
	const line = await server.line(/\/dev\/inbox/);
	return {
		origin: /http:\/\/localhost:\d+/.exec(line)?.[0] ?? '',
		stop: async () => {
			await server.stop();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** A device that keeps passkeys; `takes` says whether it takes a finger for its owner's. */
export interface Device {
	takes(isOwner: boolean): Promise<void>;
}

/** Gives the page's browser a device that takes every finger for its owner's, and whose passkeys give secrets where `prf` says so. */
export async function withDevice(page: Page, { prf = true } = {}): Promise<Device> {
	const client: CDPSession = await page.context().newCDPSession(page);
	await client.send('WebAuthn.enable');
	const { authenticatorId } = await client.send('WebAuthn.addVirtualAuthenticator', {
		options: {
			protocol: 'ctap2',
			transport: 'internal',
			hasResidentKey: true,
			hasUserVerification: true,
			isUserVerified: true,
			automaticPresenceSimulation: true,
			hasPrf: prf,
		},
	});
	return {
		takes: async (isUserVerified) => {
			await client.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
		},
	};
}
