// Which files a call of `check` means: files as they are named, folders searched for .seq files.
import { readdirSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { outermostProject } from "./find-root.ts";
import { systemReason } from "./disk-read.ts";

/** Files of one project; `paths` are relative to `root` with forward slashes. */
export interface ProjectFiles {
  /** Absolute. */
  readonly root: string;
  readonly paths: readonly string[];
}

export interface FoundSources {
  readonly projects: readonly ProjectFiles[];
  /** Sentences about named paths that can't be used. */
  readonly problems: readonly string[];
}

/**
 * Finds the files that `named` (relative to `folder`) stand for, by project. Without a sequitur.json the project starts at
 * the folder that was named, or that holds the named file. Folders whose name starts with a dot, node_modules, and links
 * to folders are not searched.
 */
export function findSources(named: readonly string[], folder: string): FoundSources {
  const byRoot = new Map<string, Set<string>>();
  const problems: string[] = [];
  const add = (file: string, otherwise: string): void => {
    const root = outermostProject(dirname(file)) ?? otherwise;
    const paths = byRoot.get(root) ?? new Set();
    byRoot.set(root, paths.add(relative(root, file).split(sep).join("/")));
  };
  for (const name of named) {
    const path = resolve(folder, name);
    try {
      if (statSync(path).isDirectory()) for (const file of sequencesBelow(path, problems)) add(file, path);
      else add(path, dirname(path));
    } catch (error) {
      problems.push(`can't read ${name}: ${systemReason(error)}`);
    }
  }
  const projects = [...byRoot].map(([root, paths]) => ({ root, paths: [...paths].sort() }));
  return { projects, problems };
}

function sequencesBelow(top: string, problems: string[]): readonly string[] {
  const files: string[] = [];
  const open = [top];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    try {
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        if (entry.isDirectory()) {
          if (!entry.name.startsWith(".") && entry.name !== "node_modules") open.push(join(folder, entry.name));
        } else if (entry.name.endsWith(".seq") && (entry.isFile() || isLinkedFile(join(folder, entry.name)))) {
          files.push(join(folder, entry.name));
        }
      }
    } catch (error) {
      problems.push(`can't search ${folder}: ${systemReason(error)}`);
    }
  }
  return files;
}

function isLinkedFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    // A link that leads nowhere is no source file.
    return false;
  }
}
