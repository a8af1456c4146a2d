// Packages of the distribution. What is installed already is left alone, so that doing it again costs nothing.
import { done, failed } from "../system/outcome.ts";
import { softwareVersion } from "../facts/linux.ts";
import { type ActionImplementation, listArgument } from "./action.ts";
import { hasTool, runTool } from "./tool.ts";

export const installPackages: ActionImplementation = async (context) => {
  const { execution } = context;
  const names = listArgument(context, "names");
  const wrong = names.find((name) => !/^[A-Za-z0-9][A-Za-z0-9+._:~-]*$/.test(name));
  if (wrong !== undefined) return failed("value", `${JSON.stringify(wrong)} can't be the name of a package`);
  const lacking: string[] = [];
  for (const name of names) {
    const answer = await softwareVersion(name);
    if ("error" in answer) return failed("exit", `whether ${name} is installed can't be told: ${answer.error}`, 1);
    if (answer.value === null) lacking.push(name);
  }
  if (lacking.length === 0) {
    execution.note("All packages are installed already.");
    return done;
  }
  if (hasTool(execution, "apt-get")) {
    const environment = { DEBIAN_FRONTEND: "noninteractive", DEBIAN_PRIORITY: "critical", NEEDRESTART_MODE: "a" };
    // Another program may hold the lock for a while: unattended upgrades do right after a start.
    const wait = ["-o", "DPkg::Lock::Timeout=600"];
    if (context.args["update"] === true) {
      const updated = await runTool(execution, "apt-get", [...wait, "update"], { environment });
      if (updated !== null) return updated;
    }
    const keep = ["-o", "Dpkg::Options::=--force-confdef", "-o", "Dpkg::Options::=--force-confold"];
    const args = [...wait, ...keep, "install", "--yes", "--no-install-recommends", "--", ...lacking];
    return (await runTool(execution, "apt-get", args, { environment })) ?? done;
  }
  if (!hasTool(execution, "dnf"))
    return failed("unsupported", "this system has neither apt-get nor dnf to install packages with");
  const refresh = context.args["update"] === true ? ["--refresh"] : [];
  return (await runTool(execution, "dnf", ["install", "--assumeyes", ...refresh, "--", ...lacking])) ?? done;
};
