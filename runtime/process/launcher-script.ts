// The program of the resident launcher: Perl, which every Debian, Ubuntu and most other systems have in their base. A shell
// can't give a program its own process group without starting a second one, drops variables whose names it does not like,
// and can't tell a death by signal from an exit code of that number. Perl does all of it, exactly, and forks as fast.
//
// Frames come on standard input: four bytes of length, then fields that end in NUL each.
//   start <stdout> <stderr> <folder> <mark> <count> <NAME=value>… <program> <argument>…
//   watch <process> <mark>    a process that someone else started runs now; process 0: none
// Lines go out: `S <process>` it runs, `F <error number>` it could not be started, `E <wait status>` it has ended.
// When standard input ends, the runtime has died: what runs is ended, first politely, and the launcher goes too.

export const launcherScript = String.raw`
$| = 1;
my ($running, $mark) = (0, '');
pipe(my $woken, my $wake);
$SIG{CHLD} = sub { syswrite $wake, 'x' };
$SIG{$_} = 'IGNORE' for qw(PIPE HUP INT QUIT TERM);

sub take {
  my ($count, $bytes) = (shift, '');
  while (length $bytes < $count) {
    my $got = sysread STDIN, $bytes, $count - length $bytes, length $bytes;
    next if !defined $got && $!{EINTR};
    finish() unless $got;
  }
  return $bytes;
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
  my $length = unpack 'N', take(4);
  my ($what, @field) = split /\0/, take($length), -1;
  pop @field;
  if ($what eq 'watch') { ($running, $mark) = @field; next }
  my ($out, $err, $folder, $count);
  ($out, $err, $folder, $mark, $count) = splice @field, 0, 5;
  my @environment = splice @field, 0, $count;
  pipe(my $told, my $tell);
  my $process = fork;
  if (!defined $process) { syswrite STDOUT, 'F ' . ($! + 0) . "\n"; next }
  if (!$process) {
    setpgrp 0, 0;
    $SIG{$_} = 'DEFAULT' for qw(CHLD PIPE HUP INT QUIT TERM);
    my $mask = umask 0077;
    my $opened = open(STDIN, '<', '/dev/null') && open(STDOUT, '>>', $out) && open(STDERR, '>>', $err);
    umask $mask;
    if ($opened && chdir $folder) {
      %ENV = ();
      for (@environment) { my ($name, $value) = split /=/, $_, 2; $ENV{$name} = $value }
      exec { $field[0] } @field;
    }
    syswrite $tell, $! + 0;
    kill 'KILL', $$;
  }
  close $tell;
  my $failed = '';
  1 while !defined sysread($told, $failed, 16) && $!{EINTR};
  close $told;
  if ($failed ne '') {
    1 while waitpid($process, 0) < 0 && $!{EINTR};
    syswrite STDOUT, "F $failed\n";
    next;
  }
  $running = $process;
  syswrite STDOUT, "S $process\n";
  my $status;
  while (1) {
    my $got = waitpid $process, 1;
    if ($got == $process) { $status = $?; last }
    my $ready = '';
    vec($ready, fileno(STDIN), 1) = vec($ready, fileno($woken), 1) = 1;
    next if select($ready, undef, undef, undef) < 0;
    sysread $woken, my $drop, 64 if vec $ready, fileno($woken), 1;
    finish() if vec($ready, fileno(STDIN), 1) && !sysread STDIN, my $order, 1;
  }
  ($running, $mark) = (0, '');
  syswrite STDOUT, "E $status\n";
}
`;
