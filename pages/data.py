"""数据: what came in, how fresh it is, what was set aside."""
import streamlit as st
from ui.view import current_view
view = current_view()
st.title(view.say("What do the data say, and how fresh are they?"))
st.file_uploader("x", accept_multiple_files=True)
