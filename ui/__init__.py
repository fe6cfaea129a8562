"""What screens share and only Streamlit needs: the view, its address, charts with their exports, states."""
