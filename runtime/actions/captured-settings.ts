// Settings of a Linux machine, for the system that takes its place: name, time zone, adapters.
import { readFileSync, readlinkSync } from "node:fs";
import { hostname, networkInterfaces } from "node:os";
import type { Value } from "../plan/value.ts";
import { done } from "../system/outcome.ts";
import type { ActionImplementation } from "./action.ts";
import { declaredGlobals } from "./declared-globals.ts";

export const captureSettings: ActionImplementation = (context) => {
  const { args } = context;
  const computerName = args["computerName"] === false ? null : hostname();
  const timeZone = args["timeZone"] === false ? null : timeZoneOf();
  const globals = declaredGlobals(context, {
    ...(computerName === null ? {} : { OSDComputerName: computerName }),
    ...(timeZone === null ? {} : { OSDTimeZone: timeZone }),
  });
  return Promise.resolve({ ...done, globals, output: { computerName, organization: null, timeZone } });
};

/** As the time zone database names it; null: it can't be told. */
function timeZoneOf(): string | null {
  try {
    return /zoneinfo\/(?:posix\/|right\/)?(.+)$/.exec(readlinkSync("/etc/localtime"))?.[1] ?? null;
  } catch {
    // Without the link the time is that of Greenwich, or a file of an unknown zone lies in its place.
    return systemText("/etc/timezone").trim() || null;
  }
}

export const captureNetwork: ActionImplementation = ({ args }) => {
  const adapters = args["adapters"] === false ? [] : adaptersOf();
  return Promise.resolve({ ...done, output: { domain: null, workgroup: null, adapters } });
};

function adaptersOf(): readonly Value[] {
  const routes = gatewaysByAdapter(systemText("/proc/net/route"));
  const { servers, domain } = resolverOf(systemText("/etc/resolv.conf"));
  return Object.entries(networkInterfaces()).flatMap(([name, all = []]) => {
    const own = all.filter(({ internal, family }) => !internal && family === "IPv4");
    const [first] = own;
    if (first === undefined) return [];
    return [
      {
        name,
        macAddress: first.mac,
        addresses: own.map(({ address }) => address),
        masks: own.map(({ netmask }) => netmask),
        gateways: routes.get(name) ?? [],
        dnsServers: servers,
        dnsDomain: domain,
      },
    ];
  });
}

/** Default routes of the kernel's table, whose addresses are hexadecimal, last byte first. */
export function gatewaysByAdapter(table: string): ReadonlyMap<string, readonly string[]> {
  const result = new Map<string, string[]>();
  for (const line of table.split("\n").slice(1)) {
    const [adapter = "", destination, gateway = ""] = line.split("\t");
    if (destination !== "00000000" || !/^[0-9A-F]{8}$/.test(gateway) || gateway === "00000000") continue;
    const bytes = [6, 4, 2, 0].map((at) => parseInt(gateway.slice(at, at + 2), 16));
    result.set(adapter, [...(result.get(adapter) ?? []), bytes.join(".")]);
  }
  return result;
}

export function resolverOf(text: string): { readonly servers: readonly string[]; readonly domain: string | null } {
  const servers: string[] = [];
  let domain: string | null = null;
  for (const line of text.split("\n")) {
    const [word, value] = line.trim().split(/\s+/);
    if (word === "nameserver" && value !== undefined) servers.push(value);
    if ((word === "domain" || word === "search") && value !== undefined) domain ??= value;
  }
  return { servers, domain };
}

/** Empty: it is not there. */
function systemText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
