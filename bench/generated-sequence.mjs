// A generated sequence of `steps` steps: groups of ten; each step has a title, an interpolated command, a condition on an
// earlier step and a time-out. The input of the checking benchmarks.

/** The text of a `.seq` file with that many steps. */
export function generatedSequence(steps) {
  const lines = [
    "/// Generated for measuring.",
    "sequence generated {",
    '  param site: string = "AMS"',
    "  param count: int = 3",
    "",
  ];
  for (let step = 0; step < steps; step += 1) {
    if (step % 10 === 0) lines.push(`  group "Group ${step / 10}" {`);
    const first = step - (step % 10);
    lines.push(`    step s${step} "Install package number ${step}"`);
    lines.push(`      run "/bin/true --site \${site} --number ${step} --count \${count + ${step}}"`);
    if (step > first) lines.push(`      when s${first}.succeeded and site != "RTM"`);
    lines.push("      timeout 45m");
    if (step % 10 === 9 || step === steps - 1) lines.push("  }");
  }
  lines.push("}", "");
  return lines.join("\n");
}

/** A sequence that starts `/bin/true` that many times. */
export function trueSequence(steps) {
  const lines = ["sequence trues {"];
  for (let step = 0; step < steps; step += 1) lines.push(`  step "True ${step}" run "/bin/true"`);
  lines.push("}", "");
  return lines.join("\n");
}
