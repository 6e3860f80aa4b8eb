// The manifests that are shipped, whole: a permission, a key or a loosened policy shows up here. To change one on purpose, change
// the golden file with it, and say in the commit why.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PACKAGES, packageFiles, readManifest } from './packages.ts';

describe.each(PACKAGES)('%s', (name) => {
  const manifest = readManifest(name);

  test('is the manifest that was agreed on', () => {
    const golden: unknown = JSON.parse(readFileSync(new URL(`manifests/${name}.json`, import.meta.url), 'utf8'));
    expect(manifest).toEqual(golden);
  });

  test('lets no page and no other extension in', () => {
    for (const key of ['web_accessible_resources', 'externally_connectable', 'content_scripts', 'host_permissions']) {
      expect(manifest).not.toHaveProperty(key);
    }
    expect(manifest.permissions).not.toContain('tabs');
    expect(JSON.stringify(manifest.permissions)).not.toMatch(/:\/\/|<all_urls>/);
  });

  test('names files that are there', () => {
    const files = packageFiles(name);
    const named = JSON.stringify(manifest).match(/"[\w/-]+\.(js|html|png)"/g) ?? [];
    expect(named.length).toBeGreaterThan(4);
    for (const file of named) expect(files).toContain(file.slice(1, -1));
  });
});
