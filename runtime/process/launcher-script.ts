// The program of the resident launcher: Perl, which every Debian, Ubuntu and most other systems have in their base. A shell
// can't give a program its own process group without starting a second one, drops variables whose names it does not like,
// and can't tell a death by signal from an exit code of that number. Perl does all of it, exactly, and forks as fast.
//
// It has a spare child, which takes the next order and becomes its program: forking is done before it is needed, while the
// runtime writes its journal, or the program runs for longer. The spare also tells when the runtime dies: it ends when standard input does.
//
// Making two files costs as much as starting a small program, and most programs write nothing. So a spare writes into spare
// files, which were made earlier. They take the names that the order gave them when something stands in them, or the program
// is still running after a tenth of a second. Otherwise they serve again, if nobody has them open for writing any more: what a
// program left behind must never write among the output of a later one. A read lease tells; where a file system knows no
// leases there are no spare files. Files that are there already are appended to.
//
// Its argument is the folder for spare files, on the file system of the outputs. Frames come on standard input: four bytes of
// length, then fields that end in NUL each.
//   start <stdout> <stderr> <folder> <mark> <count> <NAME=value>… <program> <argument>…
//   watch <process> <mark>    a process that someone else started runs now; process 0: none
// Lines go out: `S <process>` it runs, `F <error number>` it could not be started, `E <wait status>` it has ended. `S` of a
// program that ends within a few milliseconds comes together with `E`.
// The spare tells its parent, in fields that end in NUL: `W <process> <mark>` for a watch, `R <mark> <stdout> <stderr>` before
// it becomes a program (a name is empty where it does not use the spare file), `F <error number>`.
// When standard input ends, the runtime has died: what runs is ended, first politely, and the launcher goes too.

export const launcherScript = String.raw`
$| = 1;
my ($running, $mark, $spare, $heard, $made) = (0, '', 0, undef, 0);
my $folder = shift;
# The numbers of Linux: the modules that know them would make each fork slower.
my %error = (EINTR => 4, EAGAIN => 11, EEXIST => 17);
my %lease = (set => 1024, read => 0, none => 2);
# Files are [path, handle for reading, name to take]. Those of the spare child, of what runs, and of nobody.
my (@ready, @used, @free);
open my $orders, '<&', STDIN;
open STDIN, '<', '/dev/null';
# Handlers, since a program would inherit signals that are ignored.
$SIG{$_} = sub {} for qw(CHLD PIPE HUP INT QUIT TERM IO);
my $inherited = umask 0077;

sub take {
  my ($count, $bytes) = (shift, '');
  while (length $bytes < $count) {
    my $got = sysread $orders, $bytes, $count - length $bytes, length $bytes;
    next if !defined $got && $! == $error{EINTR};
    exit 0 unless $got;
  }
  return $bytes;
}

sub become {
  my $tell = shift;
  setpgrp 0, 0;
  my @own = (@ready && open(STDOUT, '>>', $ready[0][0]), @ready && open(STDERR, '>>', $ready[1][0]));
  while (1) {
    my ($what, @field) = split /\0/, take(unpack 'N', take(4)), -1;
    pop @field;
    if ($what eq 'watch') { syswrite $tell, join("\0", 'W', @field, ''); next }
    my ($out, $err, $workdir, $own, $count) = splice @field, 0, 5;
    my @name = ($own[0] && !-e $out ? $out : '', $own[1] && !-e $err ? $err : '');
    exit 0 unless syswrite $tell, "R\0$own\0$name[0]\0$name[1]\0";
    my $opened = ($name[0] ne '' || open STDOUT, '>>', $out) && ($name[1] ne '' || open STDERR, '>>', $err);
    umask $inherited;
    if ($opened && chdir $workdir) {
      dress(splice @field, 0, $count);
      exec { $field[0] } @field;
    }
    syswrite $tell, 'F' . "\0" . ($! + 0) . "\0";
    kill 'KILL', $$;
  }
}

# Most of the environment is that of the launcher: what is the same is not touched, since each touch copies memory.
sub dress {
  my %left = %ENV;
  for (@_) {
    my ($name, $value) = split /=/, $_, 2;
    my $had = delete $left{$name};
    $ENV{$name} = $value unless defined $had && $had eq $value;
  }
  delete $ENV{$_} for keys %left;
}

sub prepare {
  return if $spare;
  pipe $heard, my $tell or return;
  while (@ready < 2) { push @ready, pop @free || fresh() || last }
  push @free, splice @ready if @ready < 2;
  my $process = fork;
  return if !defined $process;
  become($tell) if !$process;
  $spare = $process;
}

sub fresh {
  return if !defined $folder;
  my $path = "$folder/.output-$$-" . ++$made;
  open my $handle, '>', $path or return;
  open $handle, '<', $path or return;
  return [$path, $handle, ''];
}

sub unwritten {
  my $file = shift;
  if (!fcntl $file->[1], $lease{set}, $lease{read}) {
    undef $folder unless $! == $error{EAGAIN};
    return 0;
  }
  fcntl $file->[1], $lease{set}, $lease{none};
  return -z $file->[1];
}

sub name {
  my ($path, $handle, $name) = @{$_[0]};
  if (!link $path, $name) {
    return rename $path, $name unless $! == $error{EEXIST};
    open my $file, '>>', $name or return;
    my $bytes;
    syswrite $file, $bytes while sysread $handle, $bytes, 65536;
  }
  unlink $path;
}

sub settle {
  my $runs = shift;
  for my $file (splice @used) {
    my $name = $file->[2];
    if (!($runs && $name ne '') && unwritten($file)) { push @free, $file }
    elsif ($name ne '') { name($file) }
    else { unlink $file->[0] }
  }
}

sub leave {
  name($_) for grep { $_->[2] ne '' && !unwritten($_) } @used;
  unlink $_->[0] for @ready, @used, @free;
  exit 0;
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
  leave();
}

while (1) {
  prepare();
  if (!$spare) { select undef, undef, undef, 0.05; next }
  my ($told, $process) = ('', $spare);
  while (1) {
    my $got = sysread $heard, $told, 4096, length $told;
    next if !defined $got && $! == $error{EINTR};
    last unless $got;
    ($running, $mark) = ($1, $2) while $told =~ s/^W\0(\d+)\0([^\0]*)\0//;
  }
  $spare = 0;
  @used = splice @ready;
  $_->[2] = '' for @used;
  if ($told !~ /^R\0([^\0]*)\0([^\0]*)\0([^\0]*)\0(?:F\0(\d+)\0)?/) {
    waitpid $process, 0;
    finish() unless $? & 127;
    settle(0);
    next;
  }
  my $problem = $4;
  ($running, $mark) = ($process, $1);
  ($used[0][2], $used[1][2]) = ($2, $3) if @used;
  if (defined $problem) {
    waitpid $process, 0;
    ($running, $mark) = (0, '');
    settle(0);
    syswrite STDOUT, "F $problem\n";
    next;
  }
  my $started = "S $process\n";
  for (my $turn = 0; ; $turn++) {
    prepare() if $turn;
    settle(1) if $turn == 2;
    my $got = waitpid -1, $spare && $turn > 1 ? 0 : 1;
    last if $got == $process;
    if ($spare && $got == $spare) {
      finish() unless $? & 127;
      $spare = 0;
      unlink $_->[0] for splice @ready;
    }
    if ($turn == 1) { syswrite STDOUT, $started; $started = '' }
    select undef, undef, undef, $turn ? 0.1 : 0.005 if $turn < 2 || !$spare;
  }
  my $status = $?;
  settle(0);
  ($running, $mark) = (0, '');
  syswrite STDOUT, $started . "E $status\n";
}
`;
