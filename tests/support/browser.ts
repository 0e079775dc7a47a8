import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type LaunchOptions } from '@playwright/test';
import { aptInstall, hasApt, run } from './install.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const ELSEWHERE = ['/snap/bin/chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/** A Chromium that starts on this machine: the one `CHROMIUM_PATH` names, the system's, or the one Playwright keeps. */
export function findBrowser(): string | undefined {
	const named = process.env.CHROMIUM_PATH;
	if (named) return starts(named) ? named : undefined;
	const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin'];
	const system = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
	return [...new Set([...system, ...ELSEWHERE, chromium.executablePath()])].find(starts);
}

function starts(path: string): boolean {
	// Some systems have a stand-in of that name that only tells how to install it.
	return existsSync(path) && spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0;
}

/** How Playwright is to start it. Root has no sandbox; nothing but the page asks for anything on the network. */
export function launchOptions(): LaunchOptions {
	const executablePath = findBrowser();
	const args = ['--disable-background-networking', '--disable-component-update', '--disable-dev-shm-usage'];
	if (process.getuid?.() === 0) args.push('--no-sandbox');
	return { args, ...(executablePath && { executablePath }) };
}

/** The browser's path, after installing one if need be; or one line saying what to do. */
export function ensureBrowser(): { ok: true; path: string } | { ok: false; why: string } {
	const found = findBrowser() ?? installed();
	if (found) return { ok: true, path: found };
	const how = 'install Chromium (on Debian: apt-get install chromium fonts-noto-cjk) or set CHROMIUM_PATH to one';
	return { ok: false, why: `No browser was found and none could be installed: ${how}.` };
}

function installed(): string | undefined {
	if (process.env.CHROMIUM_PATH) return undefined;
	console.log('Installing a browser …');
	if (hasApt()) {
		// Without the fonts, Chinese pages are photographed as boxes.
		aptInstall('chromium', 'fonts-noto-cjk');
		const found = findBrowser();
		if (found) return found;
	}
	const playwright = join(import.meta.dirname, '..', '..', 'node_modules', '@playwright', 'test', 'cli.js');
	run(process.execPath, [playwright, 'install', ...(process.getuid?.() === 0 ? ['--with-deps'] : []), 'chromium']);
	return findBrowser();
}
