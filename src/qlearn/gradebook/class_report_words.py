"""What the class report says in its own voice, in each language it speaks."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["WORDS"]

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "{course}: how the class did",
        "made": "Made on {time}",
        "contents": "Assignments",
        "students": "{count} students",
        "with_marks": "{count} with marks",
        "small": "Fewer than five students have marks, so this shows counts and no statistics.",
        "talk_about": "To talk about in the next lesson",
        "nothing_to_talk_about": "Nobody has lost a point yet.",
        "talk_right": "{right} of {marked} got it right.",
        "talk_named": "{students} met the same fault:",
        "questions": "Questions",
        "question": "Question",
        "right": "All right",
        "mean": "Mean of the points",
        "discrimination": "Discrimination",
        "time": "Mean time to right",
        "pending": "Waiting for a mark",
        "met": "Misconceptions met",
        "count": "{count} students",
        "hours": "{hours} h",
        "days": "{days} days",
        "about": (
            "All right: students with full marks. Discrimination: correlation of the question with all the others; "
            "near 0, strong and weak students did alike. Time: from release to a student's first right attempt."
        ),
        "by_hand": "by hand",
        "each": "Each student",
        "student": "Student",
        "total": "Total",
        "standing": "Standing",
        "legend": "? waits for a mark by hand; * was marked before the last grading; \N{EN DASH}: no mark, no zero.",
        "not_as_planned": "Not judged as planned",
        "not_as_planned_about": "These answers need a look; no points were guessed.",
        "graded": "graded",
        "needs attention": "needs attention",
        "broken": "broken",
        "not graded yet": "not graded yet",
        "nothing handed in": "nothing handed in",
    },
    "ko": {
        "title": "{course}: 우리 반의 결과",
        "made": "작성: {time}",
        "contents": "과제",
        "students": "학생 {count}명",
        "with_marks": "점수가 있는 학생 {count}명",
        "small": "점수가 있는 학생이 5명보다 적어 통계 대신 인원수만 보여 줍니다.",
        "talk_about": "다음 수업에서 다룰 문제",
        "nothing_to_talk_about": "아직 점수를 잃은 학생이 없습니다.",
        "talk_right": "{marked}명 가운데 {right}명이 맞혔습니다.",
        "talk_named": "{students}명이 같은 오개념을 보였습니다:",
        "questions": "문제",
        "question": "문제",
        "right": "모두 맞음",
        "mean": "평균 점수",
        "discrimination": "변별도",
        "time": "맞히기까지 평균 시간",
        "pending": "채점 대기",
        "met": "나타난 오개념",
        "count": "{count}명",
        "hours": "{hours}시간",
        "days": "{days}일",
        "about": (
            "모두 맞음: 만점을 받은 학생. 변별도: 이 문제와 나머지 문제 전체의 상관 계수이며, 0에 가까우면 잘하는 "
            "학생과 그렇지 않은 학생의 결과가 비슷합니다. 시간: 배부한 때부터 처음 맞힌 제출까지."
        ),
        "by_hand": "직접 채점",
        "each": "학생별",
        "student": "학생",
        "total": "합계",
        "standing": "상태",
        "legend": "? 는 직접 채점을 기다림, * 는 마지막 채점 전 점수, \N{EN DASH} 는 점수 없음(0점이 아님)입니다.",
        "not_as_planned": "계획대로 채점되지 않은 답",
        "not_as_planned_about": "살펴보아야 할 답입니다. 점수를 짐작하여 주지 않았습니다.",
        "graded": "채점됨",
        "needs attention": "확인 필요",
        "broken": "읽을 수 없음",
        "not graded yet": "아직 채점 안 됨",
        "nothing handed in": "제출하지 않음",
    },
}
