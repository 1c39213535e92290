"""How nbgrader runs this course. `qlearn course new` copies this file into a teacher's own course folder.

Everything is found from where this file lies, so the folder can be moved or renamed; its name is the course's name.
"""

from pathlib import Path

from qlearn.gradebook.converter import use_qlearn_grader
from qlearn.gradebook.nbgrader_settings import configure_collection, configure_feedback, configure_formgrader

c = get_config()  # noqa: F821  nbgrader puts this function here

here = Path(__file__).resolve().parent

# The course and its gradebook.
c.CourseDirectory.root = str(here)
c.CourseDirectory.course_id = here.name
c.CourseDirectory.db_url = f"sqlite:///{here / 'gradebook.db'}"

# Assignments go out and come back through this folder. Point it at one that students can write to if they share a
# machine with you. nbgrader wants it to exist.
exchange = here / "exchange"
exchange.mkdir(exist_ok=True)
c.Exchange.root = str(exchange)

# Of several attempts of a student, the one that counts by policy.toml is collected, from Formgrader too.
configure_collection(c)

# What students find where the solutions were. The dots do nothing, so a notebook that is not finished runs to its end,
# and each test says what is missing.
c.ClearSolutions.code_stub = {"python": "# Write your code here, in place of the dots.\n..."}
c.ClearSolutions.text_stub = "Write your answer here, in place of this line."

# The marking notes stand in locked cells beside the criteria, not in nbgrader's task cells. Students do not get them;
# grading puts them back, so you read them beside the answer.
c.ClearMarkScheme.enforce_metadata = False

# Feedback hides the hidden tests and the marking notes, runs nothing that a student wrote and loads nothing from
# outside, from Formgrader's button too. Formgrader itself shows you the hidden tests, and runs nothing either.
configure_feedback(c)
configure_formgrader(c)

# Formgrader's Autograde button and `nbgrader autograde` grade as `qlearn grade` does: in a sandbox.
use_qlearn_grader(c)

# One cell of a right answer takes under a second.
c.Execute.timeout = 60
c.Execute.error_on_timeout = {
    "ename": "CellTimeoutError",
    "evalue": "This cell ran for more than 60 seconds and was stopped. Look for a loop that never ends.",
    "traceback": ["This cell ran for more than 60 seconds and was stopped. Look for a loop that never ends."],
}

# What one student's notebook may use in `qlearn grade`; these are the defaults. A cell has `c.Execute.timeout`, above.
# c.Grading.memory_mib = 2048  # on top of Python and its libraries
# c.Grading.cpu_seconds = 300  # processor time of the whole notebook
# c.Grading.cell_seconds = 60  # of one cell, and of one call that a test makes
# c.Grading.notebook_seconds = 300
# c.Grading.processes = 0  # programs and child processes
# c.Grading.threads = 64
# c.Grading.file_mib = 16  # one file
# c.Grading.scratch_mib = 64  # all files
# c.Grading.output_mib = 4  # all that is printed and shown
