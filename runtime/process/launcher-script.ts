// The program of the resident launcher: Perl, which every Debian, Ubuntu and most other systems have in their base. A shell
// can't give a program its own process group without starting a second one, drops variables whose names it does not like,
// and can't tell a death by signal from an exit code of that number. Perl does all of it, exactly, and forks as fast.
//
// It always has a spare child, which takes the next order and becomes its program: forking is done before it is needed, while
// the runtime writes its journal. The spare also tells when the runtime dies: it ends when standard input does.
//
// Frames come on standard input: four bytes of length, then fields that end in NUL each.
//   start <stdout> <stderr> <folder> <mark> <count> <NAME=value>… <program> <argument>…
//   watch <process> <mark>    a process that someone else started runs now; process 0: none
// Lines go out: `S <process>` it runs, `F <error number>` it could not be started, `E <wait status>` it has ended. `S` of a
// program that ends within a few milliseconds comes together with `E`.
// The spare tells its parent: `W <process> <mark>` for a watch, `R <mark>` before it becomes a program, `F <error number>`.
// When standard input ends, the runtime has died: what runs is ended, first politely, and the launcher goes too.

export const launcherScript = String.raw`
$| = 1;
my ($running, $mark, $spare, $heard) = (0, '', 0);
open my $orders, '<&', STDIN;
open STDIN, '<', '/dev/null';
$SIG{CHLD} = sub {};
$SIG{$_} = 'IGNORE' for qw(PIPE HUP INT QUIT TERM);

sub take {
  my ($count, $bytes) = (shift, '');
  while (length $bytes < $count) {
    my $got = sysread $orders, $bytes, $count - length $bytes, length $bytes;
    next if !defined $got && $!{EINTR};
    exit 0 unless $got;
  }
  return $bytes;
}

sub become {
  my $tell = shift;
  setpgrp 0, 0;
  $SIG{$_} = 'DEFAULT' for qw(CHLD HUP INT QUIT TERM);
  while (1) {
    my ($what, @field) = split /\0/, take(unpack 'N', take(4)), -1;
    pop @field;
    if ($what eq 'watch') { syswrite $tell, "W @field\n"; next }
    my ($out, $err, $folder, $own, $count) = splice @field, 0, 5;
    exit 0 unless syswrite $tell, "R $own\n";
    my $mask = umask 0077;
    my $opened = open(STDOUT, '>>', $out) && open(STDERR, '>>', $err);
    umask $mask;
    if ($opened && chdir $folder) {
      %ENV = ();
      for (splice @field, 0, $count) { my ($name, $value) = split /=/, $_, 2; $ENV{$name} = $value }
      $SIG{PIPE} = 'DEFAULT';
      exec { $field[0] } @field;
    }
    syswrite $tell, 'F ' . ($! + 0) . "\n";
    kill 'KILL', $$;
  }
}

sub prepare {
  return if $spare;
  pipe $heard, my $tell or return;
  my $process = fork;
  return if !defined $process;
  become($tell) if !$process;
  $spare = $process;
}

sub members {
  my (%parent, %group, %found);
  opendir my $folder, '/proc';
  for my $id (grep { /^\d+$/ } readdir $folder) {
    my $path = "/proc/$id";
    next if $id == $$ || $id == 1 || !open my $file, '<', "$path/stat";
    my $text = join '', <$file>;
    $text =~ s/.*\) //s;
    my ($state, $above, $group) = split / /, $text;
    next if $state =~ /[ZX]/;
    ($parent{$id}, $group{$id}) = ($above, $group);
    next unless $mark ne '' && open $file, '<', "$path/environ";
    $found{$id} = 1 if index("\0" . join('', <$file>), "\0$mark\0") >= 0;
  }
  $found{$_} = 1 for grep { $_ == $running || $group{$_} == $running } keys %parent;
  for (my $more = 1; $more;) {
    $more = 0;
    for (grep { !$found{$_} && $found{$parent{$_}} } keys %parent) { $found{$_} = $more = 1 }
  }
  return keys %found;
}

sub finish {
  if ($running) {
    my (%told, $turn);
    for ($turn = 0; $turn < 200; $turn++) {
      my @left = members() or last;
      if ($turn >= 100) { kill 'KILL', @left }
      else { kill 'TERM', grep { !$told{$_}++ } @left; kill 'CONT', @left }
      select undef, undef, undef, 0.1;
      1 while waitpid(-1, 1) > 0;
    }
  }
  exit 0;
}

while (1) {
  prepare();
  if (!$spare) { select undef, undef, undef, 0.05; next }
  my ($told, $process) = ('', $spare);
  while (1) {
    my $got = sysread $heard, $told, 4096, length $told;
    next if !defined $got && $!{EINTR};
    last unless $got;
    ($running, $mark) = ($1, $2) while $told =~ s/^W (\d+) (.*)\n//;
  }
  $spare = 0;
  if ($told !~ /^R (.*)\n(?:F (\d+))?/) {
    waitpid $process, 0;
    next if $? & 127;
    finish();
  }
  if (defined $2) { waitpid $process, 0; syswrite STDOUT, "F $2\n"; next }
  ($running, $mark) = ($process, $1);
  my $started = "S $process\n";
  for (my $turn = 0; ; $turn++) {
    prepare();
    my $got = waitpid -1, $spare && $turn > 1 ? 0 : 1;
    last if $got == $process;
    if ($spare && $got == $spare) {
      finish() unless $? & 127;
      $spare = 0;
    }
    if ($turn == 1) { syswrite STDOUT, $started; $started = '' }
    select undef, undef, undef, $turn ? 0.05 : 0.005 if !$turn || !$spare;
  }
  my $status = $?;
  ($running, $mark) = (0, '');
  syswrite STDOUT, $started . "E $status\n";
}
`;
