// The lock of a state folder: an object of the operating system that dies with its holder, so that no stale lock is ever left.
// Its name is 128 random bits kept in the folder, so that nobody else can take it first.
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { makeStateFolder } from "./state-folder.ts";

export interface Lock {
  release(): Promise<void>;
}

/** Takes the lock; a sentence: why it can't, since another runtime holds it or the folder is none that can be used. */
export async function takeLock(stateFolder: string): Promise<Lock | string> {
  try {
    return (await lockFolder(stateFolder)) ?? (await heldMessage(stateFolder));
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return `The state folder ${stateFolder} can't be used: ${error.message}.`;
  }
}

async function heldMessage(stateFolder: string): Promise<string> {
  const holder = await askHolder(lockPath(stateFolder, lockName(stateFolder)));
  const who = holder === null || holder === "" ? "" : `: process ${holder} holds it`;
  return `Another run is under way with the state folder ${stateFolder}${who}.`;
}

async function lockFolder(stateFolder: string): Promise<Lock | null> {
  makeStateFolder(stateFolder);
  const path = lockPath(stateFolder, lockName(stateFolder));
  const server = await listen(path);
  if (server !== null) return lockOf(server);
  if (isAbstract || (await answers(path))) return null;
  // A socket in the file system outlives its holder: nobody answers, so it is nobody's.
  rmSync(path, { force: true });
  const again = await listen(path);
  return again === null ? null : lockOf(again);
}

/** Does a runtime hold the lock at this moment? */
export async function isLocked(stateFolder: string): Promise<boolean> {
  const file = join(stateFolder, "lock");
  return existsSync(file) && answers(lockPath(stateFolder, readFileSync(file, "utf8").trim()));
}

const isAbstract = process.platform === "linux" || process.platform === "win32";

function lockPath(stateFolder: string, name: string): string {
  if (process.platform === "linux") return `\0sequitur-${name}`;
  if (process.platform === "win32") return `\\\\.\\pipe\\sequitur-${name}`;
  return join(stateFolder, "lock.socket");
}

function lockName(stateFolder: string): string {
  const file = join(stateFolder, "lock");
  try {
    writeFileSync(file, `${randomBytes(16).toString("hex")}\n`, { flag: "wx", mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  return readFileSync(file, "utf8").trim();
}

function listen(path: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer(tellHolder);
    server.once("error", (error) => {
      if ("code" in error && (error.code === "EADDRINUSE" || error.code === "EACCES")) resolve(null);
      else reject(error);
    });
    server.listen({ path }, () => resolve(server));
    server.unref();
  });
}

function lockOf(server: Server): Lock {
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}

async function answers(path: string): Promise<boolean> {
  return (await askHolder(path)) !== null;
}

/** Tells who asks which process this is. */
function tellHolder(socket: Socket): void {
  // Who asked may have gone before the answer: it concerns nobody then.
  socket.on("error", () => socket.destroy());
  socket.write(String(process.pid), () => socket.destroy());
}

const answerMilliseconds = 1000;

/** The id of the process that listens there; "": it does not say; null: nobody listens. */
function askHolder(path: string): Promise<string | null> {
  return new Promise((resolve) => {
    let isThere = false;
    let told = "";
    const socket = connect({ path });
    const end = (): void => {
      socket.destroy();
      resolve(isThere ? (/^[0-9]{1,10}$/.exec(told)?.[0] ?? "") : null);
    };
    socket.setTimeout(answerMilliseconds, end);
    socket.on("connect", () => (isThere = true));
    socket.on("data", (chunk) => (told = (told + chunk.toString("latin1")).slice(0, 20)));
    socket.on("error", end);
    socket.on("close", end);
  });
}
